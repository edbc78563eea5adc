package dev.vibecoder.inngest;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

@AnalyzeClasses(
    packages = "dev.vibecoder.inngest",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.vibecoder.inngest";

  private static final DescribedPredicate<JavaClass> INTERNAL = resideInAPackage("..internal..");

  @ArchTest
  static final ArchRule THE_ROOT_KNOWS_NO_SERVER =
      noClasses()
          .that()
          .resideInAPackage(ROOT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + ".serve..", ROOT + ".server..", ROOT + ".adapter..");

  @ArchTest
  static final ArchRule ONLY_THE_SERVER_AND_THE_CLIENT_KNOW_JETTY =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + ".server..", ROOT + ".internal.http..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.jetty..");

  @ArchTest
  static final ArchRule THE_PROTOCOL_STANDS_ALONE =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".protocol..")
          .should()
          .dependOnClassesThat(
              resideInAPackage(ROOT + "..")
                  .and(DescribedPredicate.not(resideInAPackage(ROOT + ".protocol.."))));

  /** The engine must be usable behind any transport. */
  @ArchTest
  static final ArchRule THE_ENGINE_KNOWS_NO_TRANSPORT =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + ".internal..", ROOT + ".function..", ROOT + ".annotation..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + ".serve..", ROOT + ".server..", ROOT + ".adapter..");

  @ArchTest
  static final ArchRule PUBLIC_SIGNATURES_SHOW_NOTHING_INTERNAL =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .resideOutsideOfPackage("..internal..")
          .should()
          .notHaveRawReturnType(INTERNAL)
          .andShould(
              new ArchCondition<>("take nothing internal") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                  for (JavaClass parameter : method.getRawParameterTypes()) {
                    if (INTERNAL.test(parameter)) {
                      events.add(SimpleConditionEvent.violated(method, method.getFullName()));
                    }
                  }
                }
              });

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|Misc|Common)(\\$.*)?");

  /** What comes over the wire never chooses a class. */
  @ArchTest
  static final ArchRule NO_CLASS_IS_LOOKED_UP_BY_NAME =
      noClasses()
          .should()
          .callCodeUnitWhere(
              DescribedPredicate.<JavaCall<?>>describe(
                  "it looks a class up by name",
                  call ->
                      (call.getTargetOwner().isEquivalentTo(Class.class)
                              && call.getName().equals("forName"))
                          || (call.getTargetOwner().isAssignableTo(ClassLoader.class)
                              && call.getName().equals("loadClass"))));

  @ArchTest
  static final ArchRule NO_REGULAR_EXPRESSIONS_ON_THE_WAY_OF_A_CALL =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + ".internal.wire..", ROOT + ".internal.execution..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.regex..")
          .orShould()
          .callCodeUnitWhere(
              DescribedPredicate.<JavaCall<?>>describe(
                  "it compiles a regular expression",
                  call ->
                      call.getTargetOwner().isEquivalentTo(String.class)
                          && (call.getName().equals("matches")
                              || call.getName().equals("split")
                              || call.getName().startsWith("replaceAll")
                              || call.getName().startsWith("replaceFirst"))));

  @ArchTest
  static final ArchRule NOTHING_IS_PRINTED_OR_ENDED =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callCodeUnitWhere(
              DescribedPredicate.<JavaCall<?>>describe(
                  "it ends the process or waits blindly",
                  call ->
                      (call.getTargetOwner().isEquivalentTo(System.class)
                              && call.getName().equals("exit"))
                          || (call.getTargetOwner().isEquivalentTo(Thread.class)
                              && call.getName().equals("sleep"))));
}
