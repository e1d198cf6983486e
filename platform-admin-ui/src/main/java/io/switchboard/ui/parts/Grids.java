package io.switchboard.ui.parts;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;

/** Grids as our pages have them. */
public final class Grids {

    private Grids() {}

    /** A list to read, of which all rows are on the page: long words wrap, and nothing is selected. */
    public static <T> Grid<T> list() {
        Grid<T> grid = new Grid<>();
        dress(grid);
        return grid;
    }

    /** As {@link #list}, for a grid that is a class of its own. */
    public static void dress(Grid<?> grid) {
        grid.addClassName("sb-grid");
        grid.addThemeVariants(GridVariant.WRAP_CELL_CONTENT);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setAllRowsVisible(true);
    }
}
