package dev.vibecoder.inngest.processor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.vibecoder.inngest.processor",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule WRITERS_SEE_THE_MODEL_ONLY =
      noClasses()
          .that()
          .resideInAPackage("..write..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..scan..", "..validate..", "..diag..", "javax.lang.model.type..");

  @ArchTest
  static final ArchRule THE_MODEL_KNOWS_NO_COMPILER =
      noClasses()
          .that()
          .resideInAPackage("..model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javax.lang.model.util..", "javax.lang.model.type..");

  @ArchTest
  static final ArchRule ONE_CLASS_WRITES_FILES =
      noClasses()
          .that()
          .doNotHaveSimpleName("SourceSink")
          .and()
          .doNotHaveSimpleName("Compilation")
          .should()
          .dependOnClassesThat()
          .haveSimpleName("Filer");

  @ArchTest
  static final ArchRule ONE_CLASS_TALKS_TO_THE_USER =
      noClasses()
          .that()
          .doNotHaveSimpleName("Problems")
          .and()
          .doNotHaveSimpleName("Compilation")
          .should()
          .dependOnClassesThat()
          .haveSimpleName("Messager");

  @ArchTest
  static final ArchRule NOTHING_OF_THE_RUNTIME_IS_USED =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.vibecoder.inngest",
              "dev.vibecoder.inngest.annotation..",
              "dev.vibecoder.inngest.function..",
              "dev.vibecoder.inngest.internal..",
              "dev.vibecoder.inngest.protocol..");

  @ArchTest
  static final ArchRule ONE_CLASS_KNOWS_THE_PARSER =
      noClasses()
          .that()
          .haveSimpleNameNotStartingWith("CelSyntax")
          .and()
          .areTopLevelClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.cel..", "org.antlr..", "com.google.common..", "com.google.protobuf..");

  @ArchTest
  static final ArchRule CHECKS_OF_VALUES_KNOW_NO_ANNOTATIONS =
      noClasses()
          .that()
          .resideInAnyPackage("..expr..", "..time..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..processor.internal.scan..",
              "..processor.internal.validate..",
              "..processor.internal.model..",
              "..processor.internal.write..",
              "..processor.internal.env..");
}
