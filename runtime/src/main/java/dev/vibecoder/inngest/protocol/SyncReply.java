package dev.vibecoder.inngest.protocol;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The server's answer to a {@link SyncRequest}.
 *
 * @param ok whether the app was accepted
 * @param modified whether anything changed
 * @param syncId UUID of this sync, new every time
 * @param appId UUID of the app
 * @param error what was wrong
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SyncReply(
    boolean ok,
    boolean modified,
    @Nullable @JsonProperty("sync_id") String syncId,
    @Nullable @JsonProperty("app_id") String appId,
    @Nullable String error) {}
