package io.switchboard.conversations;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditService;
import io.switchboard.channels.MessageTemplate;
import io.switchboard.channels.TemplateService;
import io.switchboard.conversations.TemplateMessage.InvalidValues;
import io.switchboard.conversations.TemplateMessage.Refused;
import io.switchboard.conversations.TemplateMessage.Underway;
import io.switchboard.conversations.TemplateMessage.UnknownConversation;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.TenantTransactions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Sends templates to customers: what a person may write to somebody who has not written lately. */
@Service
public class TemplateMessageService {

    /** What WhatsApp refuses in a value. */
    private static final Pattern BROKEN = Pattern.compile("[\\n\\r\\t]| {5}");

    private final TemplateService templates;
    private final ConversationReader reader;
    private final TenantTransactions transactions;
    private final PersonWriter writer;
    private final AuditService audit;
    private final ReplySender sender;
    private final ApplicationEventPublisher events;

    TemplateMessageService(
            TemplateService templates,
            ConversationReader reader,
            TenantTransactions transactions,
            PersonWriter writer,
            AuditService audit,
            ReplySender sender,
            ApplicationEventPublisher events) {
        this.templates = templates;
        this.reader = reader;
        this.transactions = transactions;
        this.writer = writer;
        this.audit = audit;
        this.sender = sender;
        this.events = events;
    }

    /**
     * Hands a template to the sender of replies, whether or not the customer wrote lately, and takes the conversation over if nobody has.
     *
     * @param language as the provider writes it, such as {@code en_US}
     * @param values in the order of {@link MessageTemplate#variables}
     * @param request made up by the caller: a second call with the same one sends nothing, and tells of the first one's reply
     */
    @Requires(Permission.ANSWER_CONVERSATIONS)
    public TemplateMessage send(
            TenantId tenant,
            ConversationId conversation,
            String name,
            String language,
            List<String> values,
            UUID request,
            Actor person) {
        Optional<ConversationSummary> found = reader.find(tenant, conversation);
        if (found.isEmpty()) {
            return new UnknownConversation();
        }
        Optional<ReplyId> before = transactions.call(tenant, () -> writer.written(tenant, conversation, request));
        if (before.isPresent()) {
            return new Underway(before.get());
        }
        ChannelId channel = found.get().channel();
        if (!templates.state(tenant, channel).offered()) {
            return new Refused(
                    "Messages of this channel have no templates.",
                    "Write a reply; where it has to wait, it leaves when the customer writes again.");
        }
        Optional<MessageTemplate> template = templates.find(tenant, channel, name, language);
        if (template.isEmpty()) {
            return new Refused(
                    "The channel has no template of this name in this language.",
                    "Press Sync on the channel's page, and look there how the template is called.");
        }
        List<String> said =
                values.stream().map(value -> value.replace("\0", "").strip()).toList();
        return obstacle(template.get())
                .<TemplateMessage>map(refused -> refused)
                .or(() -> problem(template.get(), said))
                .orElseGet(() -> write(tenant, conversation, template.get(), said, request, person));
    }

    private TemplateMessage write(
            TenantId tenant,
            ConversationId conversation,
            MessageTemplate template,
            List<String> values,
            UUID request,
            Actor person) {
        TemplateMessage outcome = transactions.call(tenant, () -> {
            Optional<PersonWriter.Place> place = writer.lock(tenant, conversation);
            if (place.isEmpty()) {
                return new UnknownConversation();
            }
            Optional<ReplyId> written = writer.written(tenant, conversation, request);
            if (written.isPresent()) {
                return new Underway(written.get());
            }
            if (place.get().optedOut()) {
                return new Refused(
                        "This customer wants no messages, and wrote so.",
                        "Wait until the customer writes START; a template that is sent all the same may be reported to WhatsApp.");
            }
            ReplyDraft draft = ReplyDraft.template(template.text(values), template.fill(values), person.name());
            ReplyId reply = writer.write(tenant, conversation, place.get(), draft, person);
            writer.remember(tenant, reply, request);
            audit.record(
                    tenant,
                    person,
                    "sent a template",
                    "conversation",
                    conversation.value(),
                    template.name() + " (" + template.language() + ")");
            return new Underway(reply);
        });
        if (outcome instanceof Underway) {
            sender.wake();
            events.publishEvent(new ConversationChanged(tenant, conversation));
        }
        return outcome;
    }

    private static Optional<Refused> obstacle(MessageTemplate template) {
        String sentence = switch (template.status()) {
            case APPROVED -> null;
            case UNSUBMITTED -> "Nobody has submitted this template to WhatsApp for approval.";
            case PENDING -> "WhatsApp has not approved this template yet.";
            case REJECTED -> "WhatsApp has rejected this template.";
            case PAUSED -> "WhatsApp has paused this template, since customers reported or blocked it.";
            case DISABLED -> "WhatsApp has disabled this template.";
        };
        if (sentence != null) {
            String remedy = switch (template.status()) {
                case PENDING -> "wait for the approval";
                case UNSUBMITTED -> "submit it where it was written";
                case APPROVED, REJECTED, PAUSED, DISABLED -> "correct it where it was written";
            };
            return Optional.of(new Refused(
                    sentence, "Choose another one, or " + remedy + " and press Sync on the channel's page."));
        }
        return template.obstacle() == null
                ? Optional.empty()
                : Optional.of(new Refused(template.obstacle(), "Choose a template with words only."));
    }

    private static Optional<TemplateMessage> problem(MessageTemplate template, List<String> values) {
        int wanted = template.variables().size();
        if (values.size() != wanted) {
            return Optional.of(new InvalidValues(
                    -1,
                    "must be as many as the template has variables: " + wanted + ", and there are " + values.size()));
        }
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            if (value.isEmpty()) {
                return Optional.of(new InvalidValues(i, "is missing"));
            }
            if (value.length() > MessageTemplate.MAX_VALUE_LENGTH) {
                return Optional.of(
                        new InvalidValues(i, "has " + MessageTemplate.MAX_VALUE_LENGTH + " characters at most"));
            }
            if (BROKEN.matcher(value).find()) {
                return Optional.of(
                        new InvalidValues(i, "must be one line, without tabs and without five blanks in a row"));
            }
        }
        return Optional.empty();
    }
}
