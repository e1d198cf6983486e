package io.switchboard.limits;

import io.switchboard.installation.SettingException;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * How much is too much. Each process counts for itself.
 *
 * @param apiPerAddress requests to the API in a minute from one address
 * @param apiPerTenant requests to the API in a minute for one tenant
 * @param failedSignIns wrong passwords in ten minutes from one address for one account; ten times as many for all accounts
 * @param badDeliveries deliveries in a minute from one address that are not signed, and as many links to files that are not ours, before
 *     the answer is to come later
 * @param trustedProxies addresses or networks (10.0.0.0/8) whose {@code X-Forwarded-For} is believed; none by default
 */
@ConfigurationProperties("switchboard.limits")
record LimitSettings(
        @DefaultValue("12000") int apiPerAddress,
        @DefaultValue("12000") int apiPerTenant,
        @DefaultValue("10") int failedSignIns,
        @DefaultValue("60") int badDeliveries,
        @DefaultValue List<String> trustedProxies) {

    LimitSettings {
        requirePositive("SWITCHBOARD_LIMITS_API_PER_ADDRESS", apiPerAddress);
        requirePositive("SWITCHBOARD_LIMITS_API_PER_TENANT", apiPerTenant);
        requirePositive("SWITCHBOARD_LIMITS_FAILED_SIGN_INS", failedSignIns);
        requirePositive("SWITCHBOARD_LIMITS_BAD_DELIVERIES", badDeliveries);
        trustedProxies = trustedProxies.stream()
                .map(String::strip)
                .filter(proxy -> !proxy.isEmpty())
                .toList();
        trustedProxies.forEach(LimitSettings::matcher);
    }

    List<IpAddressMatcher> proxyMatchers() {
        return trustedProxies.stream().map(LimitSettings::matcher).toList();
    }

    private static IpAddressMatcher matcher(String network) {
        try {
            return new IpAddressMatcher(network);
        } catch (IllegalArgumentException _) {
            throw new SettingException(
                    "SWITCHBOARD_LIMITS_TRUSTED_PROXIES",
                    "is not a list of addresses or networks such as 10.0.0.0/8,192.168.1.7: " + network);
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1 || value > 1_000_000_000) {
            throw new SettingException(name, "is not between 1 and 1000000000: " + value);
        }
    }
}
