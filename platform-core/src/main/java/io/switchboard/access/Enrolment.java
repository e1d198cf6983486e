package io.switchboard.access;

/**
 * What an authenticator app needs to know.
 *
 * @param secret in Base32, for those who type it
 * @param address the same as a QR code carries it ({@code otpauth://totp/…})
 */
public record Enrolment(String secret, String address) {

    @Override
    public String toString() {
        return "Enrolment[hidden]";
    }
}
