package io.switchboard.knowledge;

import org.jspecify.annotations.Nullable;

/**
 * What reading a document told about it.
 *
 * @param mediaType found in the bytes
 * @param language that its text is in, ISO 639-1; null if the text does not say so for certain
 */
public record DocumentFindings(String mediaType, @Nullable String language) {}
