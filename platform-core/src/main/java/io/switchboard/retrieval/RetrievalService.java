package io.switchboard.retrieval;

import io.switchboard.kernel.TenantId;
import org.springframework.stereotype.Service;

/** Hybrid search over a tenant's chunks; the one path behind answers, the playground and the search API. */
@Service
public class RetrievalService {

    public SearchResult search(TenantId tenant, SearchRequest request) {
        throw new UnsupportedOperationException();
    }
}
