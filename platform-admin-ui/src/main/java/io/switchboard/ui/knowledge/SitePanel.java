package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.html.Div;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.knowledge.Validity;
import io.switchboard.permissions.Permission;
import io.switchboard.sites.Site;
import io.switchboard.sites.SiteAddition;
import io.switchboard.sites.SiteService;
import io.switchboard.ui.parts.Dialogs;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.shell.LiveUpdates;
import io.switchboard.ui.shell.Session;

/** The web sites that a knowledge base has its pages from. */
class SitePanel extends Div implements SiteGrid.Actions {

    private final SiteService sites;
    private final Session session;
    private final KnowledgeBaseId base;
    private final SiteGrid grid;

    SitePanel(SiteService sites, Session session, LiveUpdates live, KnowledgeBaseId base) {
        this.sites = sites;
        this.session = session;
        this.base = base;
        this.grid = new SiteGrid(session.may(Permission.EDIT_KNOWLEDGE), this);
        add(grid);
        live.followSites(
                this, session.tenant(), change -> change.knowledgeBase().equals(base), this::fill);
        fill();
    }

    private void fill() {
        grid.show(sites.sites(session.tenant(), base, PageRequest.first(SiteService.MAX_SITES))
                .items());
    }

    void addSite() {
        new SiteDialog(null, choice -> {
                    switch (sites.add(
                            session.tenantFor(Permission.EDIT_KNOWLEDGE),
                            base,
                            choice.kind(),
                            choice.address(),
                            choice.rules())) {
                        case SiteAddition.Added _ -> Notice.done(getTranslation("site.queued"));
                        case SiteAddition.UnknownKnowledgeBase() -> Notice.problem(getTranslation("upload.gone"));
                        case SiteAddition.TooMany(int limit) -> Notice.problem(getTranslation("site.toomany", limit));
                    }
                    fill();
                })
                .open();
    }

    @Override
    public void change(Site site) {
        new SiteDialog(site, choice -> {
                    sites.change(session.tenantFor(Permission.EDIT_KNOWLEDGE), site.id(), choice.rules());
                    fill();
                })
                .open();
    }

    @Override
    public void validity(Site site) {
        new ValidityDialog(site.validity(), (owner, until) -> {
                    sites.changeValidity(
                            session.tenantFor(Permission.EDIT_KNOWLEDGE), site.id(), new Validity(owner, until));
                    fill();
                })
                .open();
    }

    @Override
    public void refresh(Site site) {
        sites.refresh(session.tenantFor(Permission.EDIT_KNOWLEDGE), site.id());
        Notice.done(getTranslation("site.queued"));
        fill();
    }

    @Override
    public void stop(Site site) {
        sites.stop(session.tenantFor(Permission.EDIT_KNOWLEDGE), site.id());
        fill();
    }

    @Override
    public void remove(Site site) {
        Dialogs.confirm(
                getTranslation("site.remove.title", site.address().toString()),
                getTranslation("site.remove.sentence", site.counts().documents()),
                getTranslation("site.remove"),
                () -> {
                    sites.delete(session.tenantFor(Permission.EDIT_KNOWLEDGE), site.id());
                    Notice.done(getTranslation("site.removed"));
                    fill();
                });
    }
}
