package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.progressbar.ProgressBar;
import io.switchboard.sites.Site;
import io.switchboard.sites.SiteState;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Grids;
import io.switchboard.ui.parts.Moments;
import java.util.ArrayList;
import java.util.List;

/** Web sites of a knowledge base with what their last run brought; hidden while there are none. */
class SiteGrid extends Grid<Site> {

    private List<Site> shown = new ArrayList<>();

    /** What an editor can do with a site. */
    interface Actions {

        void change(Site site);

        void refresh(Site site);

        void stop(Site site);

        void validity(Site site);

        void remove(Site site);
    }

    SiteGrid(boolean editor, Actions actions) {
        Grids.dress(this);
        addComponentColumn(this::name).setHeader(getTranslation("site.name")).setFlexGrow(3);
        addComponentColumn(this::state)
                .setHeader(getTranslation("document.status"))
                .setFlexGrow(3);
        if (editor) {
            addComponentColumn(site -> buttons(site, actions))
                    .setHeader("")
                    .setWidth("11rem")
                    .setFlexGrow(0);
        }
        setVisible(false);
    }

    void show(List<Site> sites) {
        if (!sites.equals(shown)) {
            shown = List.copyOf(sites);
            setItems(shown);
            setVisible(!sites.isEmpty());
        }
    }

    private Component name(Site site) {
        Anchor link = new Anchor(site.address().toString(), site.address().toString());
        link.setTarget("_blank");
        link.getElement().setAttribute("rel", "noopener noreferrer");
        link.addClassName("sb-text");
        Div cell = new Div(link, quiet(facts(site)), quiet(next(site)));
        if (site.validity().owner() != null) {
            cell.add(quiet(getTranslation("validity.of", site.validity().owner())));
        }
        if (site.validity().until() != null) {
            cell.add(quiet(getTranslation(
                    "validity.until", Moments.date(site.validity().until().minusMillis(1)))));
        }
        cell.addClassName("sb-cell");
        return cell;
    }

    private String facts(Site site) {
        return getTranslation(
                "site.facts",
                getTranslation("site.kind.short." + site.kind()),
                site.counts().documents());
    }

    private String next(Site site) {
        if (site.nextRunAt() != null) {
            return getTranslation("site.next", Moments.full(site.nextRunAt()));
        }
        Integer hours = site.rules().refreshHours();
        return getTranslation("site.every", getTranslation("site.refresh.hours", hours == null ? 0 : hours));
    }

    private Component state(Site site) {
        Div cell = new Div(badge(site.state()));
        cell.addClassName("sb-cell");
        Site.Counts counts = site.counts();
        if (site.state() == SiteState.RUNNING) {
            ProgressBar progress = new ProgressBar(0, 1, Math.clamp(site.progress(), 0.0, 1.0));
            progress.getElement().setAttribute("aria-label", getTranslation("document.progress"));
            cell.add(progress);
        }
        if (site.startedAt() != null) {
            cell.add(quiet(getTranslation(
                    "site.run",
                    counts.checked(),
                    Math.max(counts.found(), counts.checked()),
                    counts.changed(),
                    counts.failed(),
                    counts.removed())));
        }
        if (site.problem() != null) {
            cell.add(quiet(site.problem()));
        }
        return cell;
    }

    private static Span quiet(String text) {
        Span quiet = new Span(text);
        quiet.addClassNames("sb-quiet", "sb-text");
        return quiet;
    }

    private Component buttons(Site site, Actions actions) {
        Div buttons = new Div();
        buttons.addClassName("sb-row-actions");
        if (site.state() == SiteState.REMOVING) {
            return buttons;
        }
        String name = site.address().toString();
        buttons.add(
                site.state().underWay()
                        ? Buttons.icon(
                                VaadinIcon.STOP, getTranslation("site.stop.label", name), () -> actions.stop(site))
                        : Buttons.icon(
                                VaadinIcon.REFRESH,
                                getTranslation("site.refresh.label", name),
                                () -> actions.refresh(site)));
        buttons.add(Buttons.icon(
                VaadinIcon.CALENDAR_CLOCK, getTranslation("validity.label", name), () -> actions.validity(site)));
        buttons.add(
                Buttons.icon(VaadinIcon.COG, getTranslation("site.change.label", name), () -> actions.change(site)),
                Buttons.icon(VaadinIcon.TRASH, getTranslation("site.remove.label", name), () -> actions.remove(site)));
        return buttons;
    }

    private Badge badge(SiteState state) {
        Badge badge = new Badge(getTranslation("site.state." + state));
        badge.addThemeVariants(
                switch (state) {
                    case WAITING, STOPPED -> new BadgeVariant[] {};
                    case RUNNING, REMOVING -> new BadgeVariant[] {BadgeVariant.WARNING};
                    case DONE -> new BadgeVariant[] {BadgeVariant.SUCCESS};
                    case FAILED -> new BadgeVariant[] {BadgeVariant.ERROR};
                });
        return badge;
    }
}
