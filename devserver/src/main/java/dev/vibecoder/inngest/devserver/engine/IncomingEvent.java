package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An event that was checked and is to be accepted.
 *
 * @param internalId the server's id of it
 * @param event the event with its id, name, data and time
 */
public record IncomingEvent(String internalId, JsonNode event) {}
