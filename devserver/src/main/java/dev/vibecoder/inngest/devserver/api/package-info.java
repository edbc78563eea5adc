/** The HTTP API, the calls of apps, and the dashboard. */
@NullMarked
package dev.vibecoder.inngest.devserver.api;

import org.jspecify.annotations.NullMarked;
