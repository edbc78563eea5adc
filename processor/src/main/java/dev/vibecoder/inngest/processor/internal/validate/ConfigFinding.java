package dev.vibecoder.inngest.processor.internal.validate;

import dev.vibecoder.inngest.processor.internal.diag.Finding;

/** Something that is wrong with an option of a function. */
public record ConfigFinding(OptionKey at, Finding finding) {}
