package io.switchboard.whatsapp.twilio;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelGateway;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.CustomerAlias;
import io.switchboard.channels.FileRules;
import io.switchboard.channels.FileType;
import io.switchboard.channels.OutboundFile;
import io.switchboard.channels.OutboundTemplate;
import io.switchboard.channels.OutboundText;
import io.switchboard.channels.SendRates;
import io.switchboard.channels.SendResult;
import io.switchboard.channels.Telephone;
import io.switchboard.channels.WhatsAppText;
import io.switchboard.conversations.FileLinks;
import io.switchboard.installation.InstallationSettings;
import io.switchboard.kernel.TenantId;
import io.switchboard.outbound.ProviderClient;
import io.switchboard.outbound.RetryAfter;
import io.switchboard.whatsapp.FailedSend;
import io.switchboard.whatsapp.Payload;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Sends through Twilio's API, one request per call. Twilio knows no idempotency key, so a request that left without an answer is unclear;
 * the list of messages tells later whether it was taken. See <a href="https://www.twilio.com/docs/messaging/api/message-resource">messages</a>.
 */
@Component
class TwilioGateway implements ChannelGateway {

    private static final Logger LOG = LoggerFactory.getLogger(TwilioGateway.class);

    /** Characters of a body; error 21617 beyond. */
    private static final int MAX_TEXT_LENGTH = 1600;

    /** Twilio's clock and ours. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(2);

    /** Of Twilio's <a href="https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages">list</a>; text stands beside pictures only. */
    private static final FileRules FILES = new FileRules(
            Map.of(
                    FileType.JPEG, FileRules.WHATSAPP_CAPTION,
                    FileType.PNG, FileRules.WHATSAPP_CAPTION,
                    FileType.PDF, 0,
                    FileType.DOCX, 0,
                    FileType.XLSX, 0,
                    FileType.PPTX, 0),
            null);

    private static final FileRules UNREACHABLE = new FileRules(
            FILES.captions(),
            "Twilio fetches files from this program, which has no address in the internet. Set SWITCHBOARD_PUBLIC_URL to it.");

    private final TwilioApi api;
    private final TwilioSettings settings;
    private final InstallationSettings installation;
    private final FileLinks links;

    TwilioGateway(TwilioApi api, TwilioSettings settings, InstallationSettings installation, FileLinks links) {
        this.api = api;
        this.settings = settings;
        this.installation = installation;
        this.links = links;
    }

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.TWILIO;
    }

    @Override
    public Optional<SendRates> rates() {
        return Optional.of(settings.rates());
    }

    @Override
    public int maxTextLength() {
        return MAX_TEXT_LENGTH;
    }

    @Override
    public Optional<Telephone> telephone(String digits) {
        return Optional.of(new Telephone("whatsapp:+" + digits, CustomerAlias.phone("whatsapp:+" + digits)));
    }

    @Override
    public String format(String markdown) {
        return WhatsAppText.format(markdown, MAX_TEXT_LENGTH);
    }

    /** As Meta's, whose rule it is. */
    @Override
    public Optional<Duration> answerWindow() {
        return Optional.of(Duration.ofHours(24));
    }

    @Override
    public SendResult send(TenantId tenant, Channel channel, OutboundText message) {
        return send(tenant, channel, message, Map.of("Body", message.text()));
    }

    @Override
    public SendResult sendTemplate(TenantId tenant, Channel channel, OutboundTemplate message) {
        return message.template().contentId() == null
                ? new SendResult.Rejected("no-content", "the template has no content SID")
                : send(tenant, channel, message.message(), TwilioTemplate.request(message.template()));
    }

    private SendResult send(TenantId tenant, Channel channel, OutboundText message, Map<String, String> said) {
        Optional<String> token = api.authToken(tenant, channel);
        if (token.isEmpty()) {
            return new SendResult.ChannelStopped("no-token", "the auth token is missing or cannot be decrypted");
        }
        try {
            return result(api.post(channel, token.get(), form(channel, message, said)), token.get());
        } catch (IOException e) {
            return FailedSend.result("Twilio", e);
        }
    }

    @Override
    public FileRules fileRules() {
        return installation.publicUrl() == null ? UNREACHABLE : FILES;
    }

    /** Twilio fetches the file from us. */
    @Override
    public SendResult sendFile(TenantId tenant, Channel channel, OutboundFile message) {
        if (installation.publicUrl() == null) {
            return new SendResult.Rejected("no-public-url", String.valueOf(UNREACHABLE.obstacle()));
        }
        OutboundText words = message.message();
        String link = TwilioRequests.publicBase(installation) + "/media/" + links.token(tenant, words.reply());
        return send(
                tenant,
                channel,
                words,
                words.text().isBlank() ? Map.of("MediaUrl", link) : Map.of("Body", words.text(), "MediaUrl", link));
    }

    @Override
    public Optional<List<String>> findSent(TenantId tenant, Channel channel, OutboundText message, Instant since) {
        String text = message.text().strip();
        return findSent(tenant, channel, message, since, text::equals);
    }

    /** Twilio remembers the body without header and footer, or nothing of it. */
    @Override
    public Optional<List<String>> findSentTemplate(
            TenantId tenant, Channel channel, OutboundTemplate message, Instant since) {
        String text = message.message().text();
        return findSent(tenant, channel, message.message(), since, text::contains);
    }

    private Optional<List<String>> findSent(
            TenantId tenant, Channel channel, OutboundText message, Instant since, Predicate<String> isBody) {
        Optional<String> token = api.authToken(tenant, channel);
        if (token.isEmpty()) {
            return Optional.empty();
        }
        Instant from = since.minus(CLOCK_SKEW);
        try {
            return Optional.of(api.list(channel, token.get(), Map.of("To", message.to()), from).stream()
                    .filter(found -> found.path("direction").asString("").startsWith("outbound"))
                    .filter(found -> isBody.test(found.path("body").asString("").strip()))
                    .filter(found ->
                            !TwilioApi.madeAt(found).orElse(Instant.MAX).isBefore(from))
                    .map(found -> found.path("sid").asString(""))
                    .filter(sid -> !sid.isEmpty())
                    .toList()
                    .reversed());
        } catch (IOException e) {
            LOG.warn(
                    "Whether Twilio took reply {} of tenant {} cannot be asked: {}",
                    message.reply(),
                    tenant,
                    e.getMessage());
            return Optional.empty();
        }
    }

    private Map<String, String> form(Channel channel, OutboundText message, Map<String, String> said) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("To", message.to());
        form.put("From", TwilioMessage.number(channel));
        String service = channel.settings().getOrDefault("messagingServiceSid", "");
        if (!service.isBlank()) {
            form.put("MessagingServiceSid", service);
        }
        form.putAll(said);
        if (installation.publicUrl() != null) { // Twilio refuses a message whose callback it cannot reach
            form.put("StatusCallback", statusCallback(channel, message));
        }
        return form;
    }

    /** With what tells our attempts apart: Twilio hands nothing back but signs the address it calls. */
    private String statusCallback(Channel channel, OutboundText message) {
        return TwilioRequests.publicBase(installation)
                + channel.webhookPath().orElse("") + "/status?" + TwilioStatus.CALLBACK + "="
                + URLEncoder.encode(message.callbackData(), StandardCharsets.UTF_8);
    }

    private SendResult result(ProviderClient.Response response, String token) {
        JsonNode body = Payload.read(response.body());
        if (response.status() != 200 && response.status() != 201) {
            return TwilioError.resultOf(response.status(), body, RetryAfter.of(response), token);
        }
        String sid = body.path("sid").asString("");
        return sid.isEmpty()
                ? new SendResult.Unclear("Twilio answered HTTP " + response.status() + " without a message id")
                : new SendResult.Accepted(sid);
    }
}
