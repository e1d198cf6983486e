package io.switchboard.tenancy;

import io.switchboard.kernel.Slug;

/** What makes a tenant. */
public record NewTenant(String name, Slug slug, String plan) {

    public NewTenant {
        name = requireName(name);
    }

    static String requireName(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > 120) {
            throw new IllegalArgumentException("name of a tenant has 1 to 120 characters");
        }
        return stripped;
    }
}
