package io.switchboard.sites;

import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.SiteId;
import io.switchboard.kernel.TenantId;

/** A site's state, counts or existence changed; published after commit, for live views. */
public record SiteChanged(TenantId tenant, KnowledgeBaseId knowledgeBase, SiteId site) {}
