package io.switchboard.ingestion.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SniffedTypesTest {

    private final SniffedTypes types = new SniffedTypes();

    @Test
    void knows_sound_by_its_first_bytes() {
        assertThat(sniff("OggS" + "\0".repeat(24) + "OpusHead")).isIn("audio/opus", "application/ogg");
        assertThat(sniff("#!AMR\n")).isEqualTo("audio/amr");
        assertThat(sniff("\0\0\0 ftypM4A ")).isEqualTo("audio/mp4");
        assertThat(sniff("ID3\3\0\0")).isEqualTo("audio/mpeg");
        assertThat(sniff("RIFF....WAVEfmt ")).startsWith("audio/");
    }

    @Test
    void knows_pictures_by_their_first_bytes() {
        assertThat(sniff("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF")).isEqualTo("image/jpeg");
        assertThat(sniff("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR")).isEqualTo("image/png");
        assertThat(sniff("RIFF....WEBPVP8 ")).isEqualTo("image/webp");
        assertThat(sniff("GIF89a")).isEqualTo("image/gif");
        assertThat(sniff("<svg xmlns=\"http://www.w3.org/2000/svg\">"))
                .isNotIn("image/jpeg", "image/png", "image/webp");
    }

    @Test
    void believes_nothing_else_to_be_sound() {
        assertThat(sniff("<!DOCTYPE html><html>")).isEqualTo("text/html");
        assertThat(sniff("MZ\0\0")).startsWith("application/");
        assertThat(sniff("")).isEqualTo("application/octet-stream");
    }

    private String sniff(String bytes) {
        return types.of(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }
}
