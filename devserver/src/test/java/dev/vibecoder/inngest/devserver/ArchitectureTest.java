package dev.vibecoder.inngest.devserver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.vibecoder.inngest.devserver",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule THE_ENGINE_KNOWS_NO_HTTP =
      noClasses()
          .that()
          .resideInAPackage("..engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.eclipse.jetty..", "java.net.http..", "..api..", "..cli..");

  @ArchTest
  static final ArchRule ONLY_THE_WIRE_IS_SHARED_WITH_THE_RUNTIME =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.vibecoder.inngest.internal..",
              "dev.vibecoder.inngest.serve..",
              "dev.vibecoder.inngest.server..",
              "dev.vibecoder.inngest.function..",
              "dev.vibecoder.inngest.spi..");

  @ArchTest
  static final ArchRule STATE_IS_CHANGED_BY_FACTS_ONLY =
      classes()
          .that()
          .haveSimpleName("State")
          .should()
          .onlyBeAccessed()
          .byAnyPackage("dev.vibecoder.inngest.devserver.engine");

  @ArchTest
  static final ArchRule NO_DUMPING_GROUNDS =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Impl");
}
