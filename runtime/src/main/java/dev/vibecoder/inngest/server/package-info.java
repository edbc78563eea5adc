/** The standalone HTTP server of an app. */
@NullMarked
package dev.vibecoder.inngest.server;

import org.jspecify.annotations.NullMarked;
