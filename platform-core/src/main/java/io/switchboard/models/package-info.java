/** Adapters to language and embedding models; the only importer of provider libraries. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "installation", "retrieval", "answering", "outbound"})
package io.switchboard.models;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
