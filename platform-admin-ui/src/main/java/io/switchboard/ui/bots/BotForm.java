package io.switchboard.ui.bots;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.shared.HasValidationProperties;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.switchboard.bots.Bot;
import io.switchboard.bots.BotDefinition;
import io.switchboard.bots.BotSentences;
import io.switchboard.bots.BotService;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.knowledge.KnowledgeBase;
import io.switchboard.ui.parts.Panel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields of a bot, in the order in which one thinks about them. */
class BotForm extends Div {

    private static final int MAX_INSTRUCTIONS_LENGTH = 4000;
    private static final int MAX_SENTENCE_LENGTH = 1000;
    private static final double MILLIS = 1000;
    private static final int LEAST_SUGGESTIONS = 3;

    private final TextField name = new TextField();
    private final TextArea instructions = new TextArea();
    private final MultiSelectComboBox<KnowledgeBase> bases = new MultiSelectComboBox<>();
    private final TextArea refusal = new TextArea();
    private final TextArea budgetSpent = new TextArea();
    private final TextArea outage = new TextArea();
    private final TextArea flood = new TextArea();
    private final TextArea unreadable = new TextArea();
    private final List<TextField> quickReplies = Stream.generate(TextField::new)
            .limit(BotDefinition.MAX_QUICK_REPLIES)
            .toList();
    private final NumberField mergeWait = new NumberField();
    private final IntegerField messagesPerMinute = new IntegerField();

    BotForm() {
        addClassName("sb-stack");
        label(name, "bot.name", BotService.MAX_NAME_LENGTH);
        name.setRequiredIndicatorVisible(true);
        label(instructions, "bot.instructions", MAX_INSTRUCTIONS_LENGTH);
        instructions.setMinRows(4);
        sentence(refusal, "bot.refusal");
        sentence(budgetSpent, "bot.budgetspent");
        sentence(outage, "bot.outage");
        sentence(flood, "bot.flood");
        sentence(unreadable, "bot.unreadable");
        for (TextField field : quickReplies) {
            field.setLabel(getTranslation("bot.quickreply", quickReplies.indexOf(field) + 1));
            field.setMaxLength(BotDefinition.MAX_QUICK_REPLY_LENGTH);
            field.setErrorMessage(getTranslation("bot.quickreply.invalid", BotDefinition.MAX_QUICK_REPLY_LENGTH));
            field.setWidthFull();
            field.addValueChangeListener(_ -> showNextSuggestion());
        }
        quickReplies
                .getFirst()
                .setHelperText(getTranslation(
                        "bot.quickreply.help", BotDefinition.MAX_QUICK_REPLIES, BotDefinition.MAX_QUICK_REPLY_LENGTH));
        bases.setLabel(getTranslation("bot.knowledge"));
        bases.setHelperText(getTranslation("bot.knowledge.help"));
        bases.setItemLabelGenerator(KnowledgeBase::name);
        bases.setWidthFull();
        mergeWait.setLabel(getTranslation("bot.mergewait"));
        mergeWait.setHelperText(getTranslation("bot.mergewait.help"));
        mergeWait.setMin(0);
        mergeWait.setMax(BotDefinition.MAX_MERGE_WAIT.toMillis() / MILLIS);
        mergeWait.setStep(0.5);
        mergeWait.setStepButtonsVisible(true);
        mergeWait.setErrorMessage(getTranslation("bot.mergewait.wrong", BotDefinition.MAX_MERGE_WAIT.toSeconds()));
        mergeWait.setWidth("14rem");
        messagesPerMinute.setLabel(getTranslation("bot.perminute"));
        messagesPerMinute.setHelperText(getTranslation("bot.perminute.help"));
        messagesPerMinute.setMin(1);
        messagesPerMinute.setMax(BotDefinition.MAX_MESSAGES_PER_MINUTE);
        messagesPerMinute.setStepButtonsVisible(true);
        messagesPerMinute.setErrorMessage(getTranslation("bot.perminute.wrong", BotDefinition.MAX_MESSAGES_PER_MINUTE));
        messagesPerMinute.setWidth("14rem");
        add(
                new Panel(getTranslation("bot.part.who"), form(name, instructions)),
                new Panel(getTranslation("bot.part.knows"), form(bases)),
                new Panel(getTranslation("bot.part.cannot"), form(refusal, unreadable, budgetSpent, outage)),
                new Panel(getTranslation("bot.part.offers"), form(quickReplies.toArray(Component[]::new))),
                new Panel(getTranslation("bot.part.pace"), form(mergeWait, messagesPerMinute, flood)));
    }

    void offer(List<KnowledgeBase> all) {
        bases.setItems(all);
    }

    void setEditable(boolean editable) {
        name.setReadOnly(!editable);
        instructions.setReadOnly(!editable);
        bases.setReadOnly(!editable);
        refusal.setReadOnly(!editable);
        budgetSpent.setReadOnly(!editable);
        outage.setReadOnly(!editable);
        flood.setReadOnly(!editable);
        unreadable.setReadOnly(!editable);
        quickReplies.forEach(field -> field.setReadOnly(!editable));
        mergeWait.setReadOnly(!editable);
        messagesPerMinute.setReadOnly(!editable);
    }

    /** As far as the last one that is filled in, and one more. */
    private void showNextSuggestion() {
        int wanted = Math.max(LEAST_SUGGESTIONS, 2 + lastSuggestion());
        for (int i = 0; i < quickReplies.size(); i++) {
            quickReplies.get(i).setVisible(i < wanted);
        }
    }

    /** From 0; -1 if there is none. */
    private int lastSuggestion() {
        int last = quickReplies.size() - 1;
        while (last >= 0 && quickReplies.get(last).isEmpty()) {
            last--;
        }
        return last;
    }

    /** Most tenants have one knowledge base, and mean it. */
    void startNew(List<KnowledgeBase> all) {
        show(BotDefinition.DEFAULTS);
        if (all.size() == 1) {
            bases.setValue(Set.copyOf(all));
        }
        name.setAutofocus(true);
    }

    void show(Bot bot) {
        name.setValue(bot.name());
        show(bot.draft());
    }

    private void show(BotDefinition definition) {
        instructions.setValue(definition.instructions());
        refusal.setValue(definition.sentences().refusal());
        budgetSpent.setValue(definition.sentences().budgetSpent());
        outage.setValue(definition.sentences().outage());
        flood.setValue(definition.sentences().flood());
        unreadable.setValue(definition.sentences().unreadable());
        for (int i = 0; i < quickReplies.size(); i++) {
            List<String> offered = definition.quickReplies();
            quickReplies.get(i).setValue(i < offered.size() ? offered.get(i) : "");
        }
        showNextSuggestion();
        mergeWait.setValue(definition.mergeWait().toMillis() / MILLIS);
        messagesPerMinute.setValue(definition.messagesPerMinute());
        Set<KnowledgeBaseId> chosen = Set.copyOf(definition.knowledgeBases());
        bases.setValue(bases.getListDataView()
                .getItems()
                .filter(base -> chosen.contains(base.id()))
                .collect(Collectors.toSet()));
    }

    /** Marks what is missing; true if nothing is. */
    boolean complete() {
        name.setInvalid(name.getValue().isBlank());
        refusal.setInvalid(refusal.getValue().isBlank());
        budgetSpent.setInvalid(budgetSpent.getValue().isBlank());
        outage.setInvalid(outage.getValue().isBlank());
        flood.setInvalid(flood.getValue().isBlank());
        unreadable.setInvalid(unreadable.getValue().isBlank());
        Double seconds = mergeWait.getValue();
        mergeWait.setInvalid(seconds == null || seconds < 0 || seconds > BotDefinition.MAX_MERGE_WAIT.toSeconds());
        Integer rate = messagesPerMinute.getValue();
        messagesPerMinute.setInvalid(rate == null || rate < 1 || rate > BotDefinition.MAX_MESSAGES_PER_MINUTE);
        quickReplies.forEach(field -> field.setInvalid(!field.getValue().isBlank()
                && !BotDefinition.isQuickReply(field.getValue().strip())));
        Stream<HasValidationProperties> needed =
                Stream.of(name, refusal, budgetSpent, outage, flood, unreadable, mergeWait, messagesPerMinute);
        return Stream.concat(needed, quickReplies.stream()).noneMatch(HasValidationProperties::isInvalid);
    }

    String name() {
        return name.getValue().strip();
    }

    BotDefinition definition() {
        return new BotDefinition(
                instructions.getValue().strip(),
                new BotSentences(
                        refusal.getValue().strip(),
                        budgetSpent.getValue().strip(),
                        outage.getValue().strip(),
                        flood.getValue().strip(),
                        unreadable.getValue().strip()),
                bases.getValue().stream().map(KnowledgeBase::id).toList(),
                Duration.ofMillis(Math.round(mergeWait.getValue() * MILLIS)),
                messagesPerMinute.getValue(),
                quickReplies.stream()
                        .map(field -> field.getValue().strip())
                        .filter(text -> !text.isEmpty())
                        .toList());
    }

    Component footer(Component... actions) {
        Div footer = new Div(actions);
        footer.addClassName("sb-form-footer");
        return footer;
    }

    private static Component form(Component... fields) {
        Div form = new Div(fields);
        form.addClassName("sb-form");
        return form;
    }

    private void label(TextField field, String key, int maxLength) {
        field.setLabel(getTranslation(key));
        field.setHelperText(getTranslation(key + ".help"));
        field.setErrorMessage(getTranslation("form.missing"));
        field.setMaxLength(maxLength);
        field.setWidthFull();
    }

    private void sentence(TextArea field, String key) {
        label(field, key, MAX_SENTENCE_LENGTH);
        field.setRequiredIndicatorVisible(true);
    }

    private void label(TextArea field, String key, int maxLength) {
        field.setLabel(getTranslation(key));
        field.setHelperText(getTranslation(key + ".help"));
        field.setErrorMessage(getTranslation("form.missing"));
        field.setMaxLength(maxLength);
        field.setWidthFull();
    }
}
