/**
 * Serves an app as an AWS Lambda function. Needs {@code com.amazonaws:aws-lambda-java-core}, which
 * is optional.
 */
@NullMarked
package dev.vibecoder.inngest.adapter.lambda;

import org.jspecify.annotations.NullMarked;
