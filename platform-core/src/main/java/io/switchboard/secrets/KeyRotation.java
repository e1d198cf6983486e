package io.switchboard.secrets;

import io.switchboard.database.SystemDatabase;
import io.switchboard.installation.MasterKeys;
import io.switchboard.installation.SettingException;
import io.switchboard.kernel.TenantId;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Brings every tenant's key, and the installation's own, under the current master key before the program serves anybody. Tenant by tenant, so a start that is killed
 * in the middle is continued by the next. Refuses to start with a master key that does not open what is stored.
 */
@Component
class KeyRotation implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);

    private final SystemDatabase system;
    private final TenantKeys keys;
    private final InstallationSecretsService installation;
    private final KeyWrapping wrapping;
    private final MasterKeys masterKeys;

    KeyRotation(
            SystemDatabase system,
            TenantKeys keys,
            InstallationSecretsService installation,
            KeyWrapping wrapping,
            MasterKeys masterKeys) {
        this.system = system;
        this.keys = keys;
        this.installation = installation;
        this.wrapping = wrapping;
        this.masterKeys = masterKeys;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<TenantId> stale = wrappedByOthers();
        long unreadable = stale.stream().filter(tenant -> !keys.rewrap(tenant)).count();
        if (unreadable > 0) {
            throw new SettingException(
                    "SWITCHBOARD_MASTER_KEY",
                    "does not open the stored credentials of " + unreadable
                            + " tenants; set the key they were made with as SWITCHBOARD_PREVIOUS_MASTER_KEY, or restore it");
        }
        if (!installation.rewrap()) {
            throw new SettingException(
                    "SWITCHBOARD_MASTER_KEY",
                    "does not open the stored secrets of people; set the key they were made with as"
                            + " SWITCHBOARD_PREVIOUS_MASTER_KEY, or restore it");
        }
        boolean deleted = masterKeys.forgetPrevious();
        if (masterKeys.previous().isPresent()) {
            LOG.info(
                    "The master key is changed: {} tenants' keys wrapped anew, none left under the previous key. {}",
                    stale.size(),
                    deleted ? "The previous key was deleted." : "Remove SWITCHBOARD_PREVIOUS_MASTER_KEY.");
        }
    }

    private List<TenantId> wrappedByOthers() {
        return system.jdbc()
                .sql("select tenant_id from tenant_keyset where wrapped_by is distinct from ? order by tenant_id")
                .param(wrapping.fingerprint())
                .query((row, number) -> new TenantId(row.getObject(1, UUID.class)))
                .list();
    }
}
