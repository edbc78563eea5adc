package dev.vibecoder.inngest.protocol;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /fn/register}: an app and all its functions.
 *
 * @param url where the app is served
 * @param deployType {@code ping} for HTTP, {@code connect} for workers
 * @param framework what serves the app
 * @param appName the app's id
 * @param functions every function of the app
 * @param sdk {@code <language>:v<version>}
 * @param v version of this body, {@code 0.1}
 * @param capabilities what the SDK can do, by name
 * @param appVersion the app's own version
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SyncRequest(
    @Nullable String url,
    String deployType,
    @Nullable String framework,
    String appName,
    List<FunctionConfig> functions,
    @Nullable String sdk,
    @Nullable String v,
    @Nullable Map<String, String> capabilities,
    @Nullable String appVersion) {}
