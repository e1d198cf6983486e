package io.switchboard.whatsapp.waha;

import io.switchboard.channels.SendResult;
import io.switchboard.outbound.ProviderClient;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Answers of a WAHA that cannot send files at all. Pictures and documents are a matter of its <a
 * href="https://waha.devlike.pro/docs/how-to/waha-plus/">edition</a> and its engine, so another try would end the same.
 */
final class WahaFileRefusal {

    private WahaFileRefusal() {}

    /** Empty for an answer that is as those to texts. */
    static Optional<SendResult> of(ProviderClient.Response answer) {
        String said = new String(answer.body(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        boolean edition = answer.status() == 422 && said.contains("plus version");
        if (edition) {
            return Optional.of(new SendResult.Rejected(
                    "no-files", "this WAHA sends no files: they need WAHA Plus, or another engine"));
        }
        return switch (answer.status()) {
            case 413 -> Optional.of(new SendResult.Rejected("too-large", "the file is larger than this WAHA accepts"));
            case 501 -> Optional.of(new SendResult.Rejected("no-files", "the engine of this WAHA sends no files"));
            default -> Optional.empty();
        };
    }
}
