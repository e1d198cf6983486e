package io.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.kernel.EmailAddress;
import io.switchboard.permissions.Role;
import io.switchboardtest.MailServer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Links where the operator has named a mail server.
 *
 * <p>Checklist: ASVS 6.3.1 and 6.3.8 (a link tells nobody who has an account), 6.4.3.
 */
@Import(MailedLinksTest.Pace.class)
class MailedLinksTest extends TenantTest {

    private static final MailServer SERVER = new MailServer();

    @Autowired
    InvitationService invitations;

    @Autowired
    PasswordResetService resets;

    /** Lets all through until told otherwise. */
    @TestComponent
    static class Pace implements ResetPace {

        private volatile boolean closedHere;
        private final Set<EmailAddress> closed = ConcurrentHashMap.newKeySet();

        @Override
        public Optional<Duration> fromHere() {
            return closedHere ? Optional.of(Duration.ofMinutes(3)) : Optional.empty();
        }

        @Override
        public boolean mayMail(EmailAddress account) {
            return !closed.contains(account);
        }
    }

    @Autowired
    Pace pace;

    @DynamicPropertySource
    static void mail(DynamicPropertyRegistry settings) {
        settings.add("switchboard.smtp.host", () -> "localhost");
        settings.add("switchboard.smtp.port", SERVER::port);
        settings.add("switchboard.smtp.from", () -> "bots@example.org");
        settings.add("switchboard.smtp.security", () -> "none");
        settings.add("switchboard.public-url", () -> "https://bots.example.org/");
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void invite_by_mail_and_show_the_link_to_nobody_else() {
        EmailAddress email = People.address("guest");

        Inviting.Invited invited = (Inviting.Invited) invitations.invite(tenant.id(), owner, email, Role.EDITOR);

        assertThat(invited.link().mailed()).isTrue();
        MailServer.Mail mail = SERVER.to(email.value()).getFirst();
        assertThat(mail.content())
                .contains("From: bots@example.org", "Olivia Owner invites you to join " + tenant.name(), "as editor");
        String token = mail.link().replace("https://bots.example.org/invitation/", "");
        assertThat(invitations.join(token, "Gita", People.PASSWORD)).isInstanceOf(Joining.Joined.class);
    }

    @Test
    void reset_a_forgotten_password() {
        resets.request(founder.email());

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> !SERVER.to(founder.email().value()).isEmpty());
        MailServer.Mail mail = SERVER.to(founder.email().value()).getFirst();
        assertThat(mail.content()).contains("within one hour");
        assertThat(resets.redeem(mail.link().replace("https://bots.example.org/reset/", ""), "a fresh password"))
                .isTrue();
        assertThat(access.signIn(founder.email(), "a fresh password")).isInstanceOf(SignIn.Accepted.class);
    }

    @Test
    void tell_strangers_nothing_and_ask_nobody_twice_in_a_minute() {
        EmailAddress nobody = People.address("nobody");
        resets.request(nobody);
        resets.request(founder.email());
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> !SERVER.to(founder.email().value()).isEmpty());

        resets.request(founder.email());
        User last = people.found().owner();
        resets.request(last.email());
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> !SERVER.to(last.email().value()).isEmpty());

        assertThat(SERVER.to(nobody.value())).isEmpty();
        assertThat(SERVER.to(founder.email().value())).hasSize(1);
    }

    @Test
    void are_mailed_to_nobody_too_often() {
        User other = people.found().owner();
        pace.closed.add(founder.email());

        assertThat(resets.request(founder.email()))
                .as("no word of it, as whoever asks may be a stranger")
                .isEqualTo(resets.request(other.email()))
                .isEqualTo(new ResetRequest.Taken());
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> !SERVER.to(other.email().value()).isEmpty());
        assertThat(SERVER.to(founder.email().value())).isEmpty();

        pace.closed.clear();
        pace.closedHere = true;
        assertThat(resets.request(founder.email())).isEqualTo(new ResetRequest.TooMany(Duration.ofMinutes(3)));
        pace.closedHere = false;
        assertThat(resets.request(founder.email())).isEqualTo(new ResetRequest.Taken());
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> SERVER.to(founder.email().value()).size() == 1);
    }

    @Test
    void go_to_a_member_who_works_elsewhere_too_as_only_they_can_read_it() {
        User elsewhere = people.add(tenant, Role.EDITOR);
        people.add(people.found().tenant(), Role.ANALYST, elsewhere.email());

        ResetOffer offer = resets.offer(tenant.id(), owner, elsewhere.id());

        assertThat(offer).isEqualTo(new ResetOffer.Offered(LinkDelivery.MAILED));
        assertThat(SERVER.to(elsewhere.email().value())).hasSize(1);
    }
}
