package io.switchboard.ui.privacy;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import com.vaadin.flow.spring.annotation.SpringComponent;
import io.switchboard.conversations.ConversationSummary;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.privacy.ErasureReceipt;
import io.switchboard.privacy.PrivacyService;
import io.switchboard.privacy.TenantErasing;
import io.switchboard.privacy.TenantErasure;
import io.switchboard.tenancy.Tenant;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.TypeToConfirm;
import io.switchboard.ui.shell.Session;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Scope;

/** What other pages offer: a customer's data from their conversation, and the end of a tenant. */
@SpringComponent
@Scope(BeanDefinition.SCOPE_PROTOTYPE)
public class PrivacyNavigation {

    private final PrivacyService privacy;
    private final TenantErasure erasure;
    private final Session session;

    PrivacyNavigation(PrivacyService privacy, TenantErasure erasure, Session session) {
        this.privacy = privacy;
        this.erasure = erasure;
        this.session = session;
    }

    /** Asks, removes everything about the customer, and shows the receipt. */
    public void erasePerson(Component page, ConversationSummary conversation, Runnable erased) {
        new TypeToConfirm(
                        page.getTranslation("person.erase.title", conversation.contact()),
                        page.getTranslation("person.erase.sentence"),
                        conversation.contact(),
                        page.getTranslation("person.erase"),
                        () -> {
                            TenantId tenant = session.tenantFor(Permission.MANAGE_PRIVACY);
                            Optional<ErasureReceipt> receipt =
                                    privacy.erasePerson(tenant, conversation.id(), session.actor());
                            erased.run();
                            receipt.ifPresent(done -> new ReceiptDialog(done).open());
                        })
                .open();
    }

    /** A link that downloads what is stored about the customer of the conversation. */
    public Anchor personLink(Component page, ConversationId conversation) {
        Anchor link = new Anchor(
                DownloadHandler.fromInputStream(event -> {
                    String json = privacy.exportPerson(
                                    session.tenantFor(Permission.MANAGE_PRIVACY), conversation, session.actor())
                            .orElse("{}");
                    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
                    return new DownloadResponse(
                            new ByteArrayInputStream(bytes), "person.json", "application/json", bytes.length);
                }),
                AttachmentType.DOWNLOAD,
                "");
        link.add(VaadinIcon.DOWNLOAD_ALT.create());
        link.addClassName("sb-plain-button");
        link.getElement().setAttribute("aria-label", page.getTranslation("person.export"));
        link.setTitle(page.getTranslation("person.export"));
        return link;
    }

    /** Asks the operator, removes everything of a tenant, and shows the receipt. */
    public void eraseTenant(Component page, Tenant tenant, Runnable erased) {
        new TypeToConfirm(
                        page.getTranslation("tenant.erase.title", tenant.name()),
                        page.getTranslation("tenant.erase.sentence"),
                        tenant.slug().value(),
                        page.getTranslation("tenant.erase"),
                        () -> {
                            session.requireOperator();
                            ErasureReceipt receipt = receipt(erasure.erase(tenant.id(), session.actor()));
                            erased.run();
                            if (receipt == null) {
                                Notice.problem(page.getTranslation("tenant.erase.active"));
                            } else {
                                new ReceiptDialog(receipt).open();
                            }
                        })
                .open();
    }

    private static @Nullable ErasureReceipt receipt(TenantErasing outcome) {
        return switch (outcome) {
            case TenantErasing.Erased(var receipt) -> receipt;
            case TenantErasing.Active _, TenantErasing.UnknownTenant _ -> null;
        };
    }
}
