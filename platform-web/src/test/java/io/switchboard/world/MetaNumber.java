package io.switchboard.world;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** A number at Meta, with what an administrator enters to connect it. */
public record MetaNumber(String phoneNumberId, String accessToken, String appSecret) {

    public static final String ACCESS_TOKEN = "EAAG-stand-in-token-0001";
    public static final String APP_SECRET = "8f14e45fceea167a5a36dedd4bea2543";

    /** One that nobody has connected yet. */
    public static MetaNumber next() {
        long id = ThreadLocalRandom.current().nextLong(100_000_000_000_000L, 999_999_999_999_999L);
        return new MetaNumber(Long.toString(id), ACCESS_TOKEN, APP_SECRET);
    }

    /** What connects it over the API. */
    public Map<String, Object> channel(String botId) {
        return Map.of(
                "provider", "meta",
                "name", "Main number",
                "botId", botId,
                "phoneNumberId", phoneNumberId,
                "accessToken", accessToken,
                "appSecret", appSecret);
    }
}
