package io.switchboard.access;

import io.switchboard.kernel.EmailAddress;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Accounts as they come into being: whoever names a new address and a password gets one, and an address that has one keeps it. */
@Component
class Accounts {

    private final Users users;
    private final Passwords passwords;

    Accounts(Users users, Passwords passwords) {
        this.users = users;
        this.passwords = passwords;
    }

    /** An address together with the hash of a password that opens it, or will open it once the account is made. */
    record Proof(EmailAddress email, String passwordHash) {}

    boolean exists(EmailAddress email) {
        return users.find(email).isPresent();
    }

    /** What will open an account that is not there yet. Slow, as hashing is. */
    Proof proofForNew(EmailAddress email, String password) {
        return new Proof(email, passwords.encode(password));
    }

    /** Empty if the address has an account that the password does not open, or one that is suspended. Slow, as hashing is. */
    Optional<Proof> prove(EmailAddress email, String password) {
        Optional<Users.Credentials> existing = users.find(email);
        if (existing.isEmpty()) {
            return Optional.of(proofForNew(email, password));
        }
        return existing.filter(account -> !account.user().suspended())
                .map(Users.Credentials::passwordHash)
                .filter(hash -> passwords.matches(password, hash))
                .map(hash -> new Proof(email, hash));
    }

    /** The account, made if it is new; empty if somebody else took the address, or changed its password, since it was proved. */
    Optional<User> open(Proof proof, String name) {
        Users.Credentials account = users.findOrCreate(proof.email(), name, proof.passwordHash(), false);
        return Optional.of(account)
                .filter(found -> found.passwordHash().equals(proof.passwordHash()))
                .map(Users.Credentials::user);
    }
}
