package io.switchboard.ui.access;

import com.vaadin.flow.component.select.Select;
import io.switchboard.access.Caller;
import io.switchboard.permissions.Role;
import java.util.Arrays;

/** The roles that somebody may give, each with a sentence on what it is for. */
final class RoleSelect extends Select<Role> {

    RoleSelect(Caller giver, Role role) {
        setLabel(getTranslation("role"));
        setItems(Arrays.stream(Role.values()).filter(giver::mayGive).toList());
        setItemLabelGenerator(choice -> getTranslation("role." + choice));
        setValue(role);
        setHelperText(getTranslation("role.help." + role));
        addValueChangeListener(change -> setHelperText(getTranslation("role.help." + change.getValue())));
        setWidthFull();
    }
}
