package io.switchboard.channels;

import io.switchboard.kernel.TenantId;

/** A channel found by its key, with the tenant it belongs to. */
public record RoutedChannel(TenantId tenant, Channel channel) {}
