package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.switchboard.outbound.WebAddress;
import io.switchboard.sites.Site;
import io.switchboard.sites.SiteKind;
import io.switchboard.sites.SiteRules;
import io.switchboard.ui.parts.Buttons;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks for a web site and what to read of it. */
class SiteDialog extends Dialog {

    private static final int ON_DEMAND = 0;
    private static final List<Integer> REFRESHES = List.of(ON_DEMAND, 1, 6, 24, 24 * 7, 24 * 30);

    private final TextField address = new TextField();
    private final RadioButtonGroup<SiteKind> kind = new RadioButtonGroup<>();
    private final IntegerField depth = new IntegerField();
    private final IntegerField pages = new IntegerField();
    private final TextArea includes = new TextArea();
    private final TextArea excludes = new TextArea();
    private final Select<Integer> refresh = new Select<>();

    /** What somebody has chosen. */
    record Choice(WebAddress address, SiteKind kind, SiteRules rules) {}

    /** @param site to be changed; null for a new one */
    SiteDialog(@Nullable Site site, Consumer<Choice> save) {
        setHeaderTitle(getTranslation(site == null ? "site.add" : "site.change"));
        setWidth("36rem");
        addressFields();
        limitFields();
        Div numbers = new Div(depth, pages, refresh);
        numbers.addClassName("sb-fields");
        Div form = new Div(address, kind, numbers, includes, excludes);
        form.addClassName("sb-form");
        add(form);
        show(site);
        getFooter()
                .add(
                        Buttons.quiet(getTranslation("cancel"), this::close),
                        Buttons.primary(
                                getTranslation(site == null ? "site.read" : "site.save"),
                                site == null ? VaadinIcon.DOWNLOAD : VaadinIcon.CHECK,
                                () -> submit(save)));
    }

    private void addressFields() {
        address.setLabel(getTranslation("site.address"));
        address.setPlaceholder("https://www.example.org/");
        address.setHelperText(getTranslation("site.address.help"));
        address.setMaxLength(WebAddress.MAX_LENGTH);
        address.setRequiredIndicatorVisible(true);
        address.setAutofocus(true);
        address.setWidthFull();
        address.addValueChangeListener(typed -> {
            if (typed.isFromClient()
                    && WebAddress.parse(typed.getValue()) instanceof WebAddress.Parsing.Good(var good)) {
                kind.setValue(SiteKind.of(good));
            }
        });
        kind.setLabel(getTranslation("site.kind"));
        kind.setItems(SiteKind.values());
        kind.setItemLabelGenerator(one -> getTranslation("site.kind." + one));
        kind.addValueChangeListener(chosen -> depth.setVisible(chosen.getValue() == SiteKind.CRAWL));
    }

    private void limitFields() {
        depth.setLabel(getTranslation("site.depth"));
        depth.setMin(0);
        depth.setMax(SiteRules.MAX_DEPTH);
        depth.setStepButtonsVisible(true);
        pages.setLabel(getTranslation("site.pages"));
        pages.setMin(1);
        pages.setMax(SiteRules.MAX_PAGES);
        refresh.setLabel(getTranslation("site.refresh"));
        refresh.setItems(REFRESHES);
        refresh.setItemLabelGenerator(hours -> getTranslation("site.refresh.hours", hours));
        patterns(includes, "site.include");
        patterns(excludes, "site.exclude");
    }

    private void patterns(TextArea area, String key) {
        area.setLabel(getTranslation(key));
        area.setHelperText(getTranslation(key + ".help"));
        area.setErrorMessage(getTranslation("site.pattern.bad"));
        area.setWidthFull();
        area.setMinRows(2);
        area.setMaxRows(6);
    }

    private void show(@Nullable Site site) {
        SiteRules rules = site == null ? SiteRules.USUAL : site.rules();
        kind.setValue(site == null ? SiteKind.CRAWL : site.kind());
        depth.setValue(rules.maxDepth());
        pages.setValue(rules.maxPages());
        includes.setValue(String.join("\n", rules.includes()));
        excludes.setValue(String.join("\n", rules.excludes()));
        Integer hours = rules.refreshHours();
        int shown = hours == null ? ON_DEMAND : hours;
        if (!REFRESHES.contains(shown)) {
            refresh.setItems(java.util.stream.Stream.concat(REFRESHES.stream(), java.util.stream.Stream.of(shown))
                    .sorted()
                    .toList());
        }
        refresh.setValue(shown);
        if (site != null) {
            address.setValue(site.address().toString());
            address.setReadOnly(true);
            kind.setReadOnly(true);
        }
    }

    private void submit(Consumer<Choice> save) {
        List<String> wanted = lines(includes);
        List<String> unwanted = lines(excludes);
        includes.setInvalid(!areUsable(wanted));
        excludes.setInvalid(!areUsable(unwanted));
        boolean numbers = !depth.isInvalid() && !pages.isInvalid() && !depth.isEmpty() && !pages.isEmpty();
        switch (WebAddress.parse(address.getValue())) {
            case WebAddress.Parsing.Bad(var reason) -> {
                address.setErrorMessage(getTranslation("page.bad", reason));
                address.setInvalid(true);
            }
            case WebAddress.Parsing.Good(var site) -> {
                if (numbers && !includes.isInvalid() && !excludes.isInvalid()) {
                    Integer hours = refresh.getValue() == ON_DEMAND ? null : refresh.getValue();
                    close();
                    save.accept(new Choice(
                            site,
                            kind.getValue(),
                            new SiteRules(depth.getValue(), pages.getValue(), wanted, unwanted, hours)));
                }
            }
        }
    }

    private static List<String> lines(TextArea area) {
        return area.getValue()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static boolean areUsable(List<String> patterns) {
        return patterns.size() <= SiteRules.MAX_PATTERNS && patterns.stream().allMatch(SiteRules::isPattern);
    }
}
