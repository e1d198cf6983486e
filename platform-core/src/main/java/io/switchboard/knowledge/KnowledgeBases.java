package io.switchboard.knowledge;

import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;

interface KnowledgeBases extends JpaRepository<KnowledgeBaseRow, UUID> {

    List<KnowledgeBaseRow> findByIdGreaterThanOrderById(UUID after, Limit limit);
}
