package io.switchboard.api;

import io.switchboard.access.ApiKey;
import io.switchboard.access.ApiKeyCreation;
import io.switchboard.access.ApiKeyId;
import io.switchboard.access.ApiKeyService;
import io.switchboard.access.Caller;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.permissions.Role;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Keys by which programs act for the caller's tenant. */
@RestController
@RequestMapping("/api/v1/api-keys")
@Requires(Permission.MANAGE_API_KEYS)
class ApiKeyController {

    private final ApiKeyService keys;

    ApiKeyController(ApiKeyService keys) {
        this.keys = keys;
    }

    /** @param expiresAt absent: never */
    record NewApiKey(
            @NotBlank @Size(max = ApiKeyService.MAX_NAME_LENGTH)
            String name,

            @NotNull Role role,
            @Nullable Instant expiresAt) {}

    /**
     * @param prefix the beginning of the key, by which people recognise it
     * @param lastUsedAt to the minute; null: not yet
     */
    record ApiKeyResponse(
            UUID id,
            String name,
            Role role,
            String prefix,
            String createdBy,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {

        static ApiKeyResponse of(ApiKey key) {
            return new ApiKeyResponse(
                    key.id().value(),
                    key.name(),
                    key.role(),
                    key.prefix(),
                    key.createdBy(),
                    key.createdAt(),
                    key.expiresAt(),
                    key.lastUsedAt());
        }
    }

    /** @param key to be sent as {@code Authorization: Bearer}; shown this once */
    record CreatedApiKey(
            UUID id,
            String name,
            Role role,
            String prefix,
            @Nullable Instant expiresAt,
            String key) {

        static CreatedApiKey of(ApiKey key, String text) {
            return new CreatedApiKey(key.id().value(), key.name(), key.role(), key.prefix(), key.expiresAt(), text);
        }
    }

    @GetMapping
    Slice<ApiKeyResponse> list(Caller caller, PageRequest page) {
        return keys.list(caller.tenantId(), page).map(ApiKeyResponse::of);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    CreatedApiKey create(Caller caller, @Valid @RequestBody NewApiKey wanted) {
        return switch (keys.create(caller.tenantId(), caller, wanted.name(), wanted.role(), wanted.expiresAt())) {
            case ApiKeyCreation.Created(var key, var text) -> CreatedApiKey.of(key, text);
            case ApiKeyCreation.RoleTooHigh() ->
                throw ApiProblem.of(
                        HttpStatus.FORBIDDEN,
                        "A key has no more rights than its maker; yours is " + caller.role() + ".");
            case ApiKeyCreation.AlreadyExpired() -> throw ApiProblem.invalid("expiresAt", "must be in the future");
        };
    }

    /** Ends the key with its next request. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Caller caller, @PathVariable UUID id) {
        if (!keys.revoke(caller.tenantId(), caller, new ApiKeyId(id))) {
            throw ApiProblem.notFound("API key");
        }
    }
}
