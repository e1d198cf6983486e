package io.switchboard.ui.shell;

/** The visitor has lost the tenant or the permission that the page at hand rests on. */
public class NoTenantException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NoTenantException() {
        super("no tenant, or not the permission");
    }
}
