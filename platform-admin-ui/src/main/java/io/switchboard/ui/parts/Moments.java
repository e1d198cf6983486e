package io.switchboard.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Span;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes points in time as the person in front of the browser reads them, in their time zone. */
public final class Moments {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH);

    private Moments() {}

    /** Hours and minutes for today, the day for earlier ones. */
    public static String brief(Instant moment, Instant now) {
        ZonedDateTime there = moment.atZone(zone());
        boolean today = there.toLocalDate().equals(now.atZone(zone()).toLocalDate());
        return (today ? CLOCK : DAY).format(there);
    }

    public static String clock(Instant moment) {
        return CLOCK.format(moment.atZone(zone()));
    }

    public static String exact(Instant moment) {
        return EXACT.format(moment.atZone(zone()));
    }

    public static String full(Instant moment) {
        return FULL.format(moment.atZone(zone()));
    }

    /** The day and its year. */
    public static String date(Instant moment) {
        return DATE.format(moment.atZone(zone()));
    }

    public static String day(LocalDate day) {
        return DAY.format(day);
    }

    /** A short form with the full one as its tooltip. */
    public static Component label(Instant moment, Instant now) {
        Span label = new Span(brief(moment, now));
        label.setTitle(full(moment));
        label.addClassName("sb-quiet");
        return label;
    }

    /** The browser's time zone; UTC where it does not tell. */
    public static ZoneId zone() {
        UI ui = UI.getCurrent();
        String id = ui == null ? null : ui.getPage().getExtendedClientDetails().getTimeZoneId();
        if (id == null || id.isBlank()) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(id);
        } catch (DateTimeException _) {
            return ZoneOffset.UTC;
        }
    }
}
