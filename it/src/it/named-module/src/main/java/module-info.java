/** What docs/diagnostics.md says of named modules. */
module app {
  requires dev.vibecoder.inngest;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.datatype.jdk8;
  requires com.fasterxml.jackson.datatype.jsr310;
  requires java.net.http;
  requires org.eclipse.jetty.server;
  requires org.slf4j;

  opens app to
      com.fasterxml.jackson.databind;
}
