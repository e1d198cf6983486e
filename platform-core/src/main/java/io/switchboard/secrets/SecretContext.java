package io.switchboard.secrets;

import io.switchboard.kernel.TenantId;

/** Where a secret is stored; a ciphertext moved to another place does not decrypt. */
public record SecretContext(TenantId tenant, String table, String column, String row) {

    public SecretContext {
        if (table.contains("|") || column.contains("|")) {
            throw new IllegalArgumentException("table and column are names without '|': " + table + ", " + column);
        }
    }

    String associatedData() {
        return tenant + "|" + table + "|" + column + "|" + row;
    }
}
