package tminus.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What the modules and packages may know of each other and of the world, and that each of these
/// rules can fail. Modules that do not exist yet are named so that they start with their rule.
class ArchitectureTest {

  /// A rule, and a class that breaks it: its name, and what stands in its body.
  record Example(ArchRule rule, String type, String body) {

    @Override
    public String toString() {
      return type + ": " + body;
    }
  }

  private static final ArchRule MODULES =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("tminus..")
          .withOptionalLayers(true)
          .layer("core")
          .definedBy("tminus.core..")
          .layer("markdown")
          .definedBy("tminus.markdown..")
          .layer("ports")
          .definedBy("tminus.engine.port..")
          .layer("engine")
          .definedBy(
              resideInAPackage("tminus.engine..")
                  .and(not(resideInAPackage("tminus.engine.port.."))))
          .layer("simulation")
          .definedBy("tminus.simulation..")
          .layer("adapters")
          .definedBy("tminus.adapter..")
          .layer("server")
          .definedBy("tminus.server..")
          .layer("cli")
          .definedBy("tminus.cli..")
          .whereLayer("markdown")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("ports")
          .mayOnlyBeAccessedByLayers("engine", "simulation", "adapters", "server", "cli")
          .whereLayer("engine")
          .mayOnlyBeAccessedByLayers("simulation", "server", "cli")
          .whereLayer("simulation")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("adapters")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("server")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .as("arrows between modules point downward only");

  private static final ArchRule ADAPTERS =
      slices()
          .matching("tminus.adapter.(*)..")
          .should()
          .notDependOnEachOther()
          .as("no adapter knows another");

  private static final ArchRule PACKAGES =
      slices().matching("tminus.(**)").should().beFreeOfCycles().as("no package cycles");

  /// The words and decisions need values and text, nothing that reaches outside.
  private static final ArchRule CORE_DEPENDENCIES =
      classes()
          .that()
          .resideInAPackage("tminus.core..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "tminus.core..",
                      "java.lang",
                      "java.lang.annotation",
                      "java.lang.invoke",
                      "java.lang.runtime",
                      "java.math",
                      "java.nio.charset",
                      "java.security",
                      "java.text",
                      "java.time..",
                      "java.util",
                      "java.util.function",
                      "java.util.regex",
                      "java.util.stream",
                      "org.jspecify.annotations")
                  .and(
                      not(
                          named(
                              "java.lang.(Thread|Process|Runtime|ScopedValue|System\\$Logger).*"
                                  + "|java.util.(Random|Timer|Scanner|SplittableRandom).*"
                                  + "|java.security.SecureRandom"))))
          .as("core has no I/O, network, database, threads, randomness or loggers");

  /// Calls on types that core may otherwise use.
  private static final ArchRule CORE_CALLS =
      noClasses()
          .that()
          .resideInAPackage("tminus.core..")
          .should()
          .accessTargetWhere(
              target(
                  "java.time.\\w+.now"
                      + "|java.time.(Clock|InstantSource).(system|tick).*"
                      + "|java.time.ZoneId.systemDefault"
                      + "|java.lang.System.(currentTimeMillis|nanoTime|out|err|in|getenv|getProperty)"
                      + "|java.lang.System.(exit|load.*)|java.lang.Math.random"
                      + "|java.util.UUID.randomUUID"))
          .as("core reads no clock, random number, environment or stream");

  private static final ArchRule PARSER = onlyIn("org.commonmark..", "tminus.markdown..");
  private static final ArchRule TERMINAL = onlyIn("org.jline..", "tminus.cli..");
  private static final ArchRule COMMANDS = onlyIn("picocli..", "tminus.cli..");
  private static final ArchRule PRINTER = onlyIn("com.openhtmltopdf..", "tminus.server.print..");

  static final List<Example> EXAMPLES =
      List.of(
          new Example(MODULES, "tminus.engine.Bad", "tminus.adapter.one.Well a;"),
          new Example(MODULES, "tminus.adapter.one.Bad", "tminus.engine.Well a;"),
          new Example(MODULES, "tminus.core.plan.Bad", "tminus.engine.port.Well a;"),
          new Example(MODULES, "tminus.engine.Bad2", "tminus.markdown.Well a;"),
          new Example(MODULES, "tminus.markdown.Bad", "tminus.cli.Well a;"),
          new Example(ADAPTERS, "tminus.adapter.one.Bad2", "tminus.adapter.two.Well a;"),
          new Example(PACKAGES, "tminus.core.a.Bad", "tminus.core.b.Cycle a;"),
          new Example(CORE_DEPENDENCIES, "tminus.core.plan.Files", "java.nio.file.Path a;"),
          new Example(CORE_DEPENDENCIES, "tminus.core.plan.Streams", "java.io.InputStream a;"),
          new Example(CORE_DEPENDENCIES, "tminus.core.plan.Database", "java.sql.Connection a;"),
          new Example(CORE_DEPENDENCIES, "tminus.core.plan.Network", "java.net.URI a;"),
          new Example(CORE_DEPENDENCIES, "tminus.core.plan.Threads", "Thread a;"),
          new Example(
              CORE_DEPENDENCIES, "tminus.core.plan.Locks", "java.util.concurrent.locks.Lock a;"),
          new Example(CORE_DEPENDENCIES, "tminus.core.plan.Chance", "java.util.Random a;"),
          new Example(CORE_DEPENDENCIES, "tminus.core.plan.Logs", "System.Logger a;"),
          new Example(
              CORE_CALLS, "tminus.core.plan.Now", "Object a() { return java.time.Instant.now(); }"),
          new Example(
              CORE_CALLS,
              "tminus.core.schedule.Zones",
              "Object a() { return java.time.ZonedDateTime.now(); }"),
          new Example(
              CORE_CALLS,
              "tminus.core.calendar.Here",
              "Object a() { return java.time.ZoneId.systemDefault(); }"),
          new Example(
              CORE_CALLS,
              "tminus.core.plan.Clocks",
              "Object a() { return java.time.Clock.systemUTC(); }"),
          new Example(
              CORE_CALLS,
              "tminus.core.plan.Millis",
              "long a() { return System.currentTimeMillis(); }"),
          new Example(
              CORE_CALLS, "tminus.core.plan.Nanos", "long a() { return System.nanoTime(); }"),
          new Example(
              CORE_CALLS,
              "tminus.core.plan.Identity",
              "Object a() { return java.util.UUID.randomUUID(); }"),
          new Example(CORE_CALLS, "tminus.core.plan.Prints", "void a() { System.out.println(); }"),
          new Example(PARSER, "tminus.cli.Parser", "org.commonmark.node.Node a;"),
          new Example(TERMINAL, "tminus.engine.Terminals", "org.jline.terminal.Terminal a;"),
          new Example(COMMANDS, "tminus.engine.Commands", "picocli.CommandLine a;"),
          new Example(
              PRINTER, "tminus.server.report.Printer", "com.openhtmltopdf.extend.SVGDrawer a;"));

  static final List<ArchRule> RULES = EXAMPLES.stream().map(Example::rule).distinct().toList();

  /// What the examples lean on; these break no rule but that of packages.
  private static final Map<String, String> WELL =
      Map.of(
          "tminus.engine.Well", "",
          "tminus.engine.port.Well", "",
          "tminus.markdown.Well", "",
          "tminus.cli.Well", "",
          "tminus.adapter.one.Well", "",
          "tminus.adapter.two.Well", "",
          "tminus.core.b.Cycle", "tminus.core.a.Bad a;");

  private static JavaClasses tminus;
  private static JavaClasses examples;

  @BeforeAll
  static void importClasses(@TempDir Path folder) throws IOException {
    // The rules look at names; reading the whole JDK and every library would take seconds.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    tminus =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("tminus");
    compileExamples(folder);
    examples = new ClassFileImporter().importPath(folder);
  }

  private static void compileExamples(Path folder) throws IOException {
    Map<String, String> sources = new HashMap<>(WELL);
    EXAMPLES.forEach(example -> sources.put(example.type, example.body));
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      int dot = source.getKey().lastIndexOf('.');
      String name = source.getKey().substring(dot + 1);
      Path file = folder.resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      Files.writeString(
          file,
          "package %s; public class %s { %s }"
              .formatted(source.getKey().substring(0, dot), name, source.getValue()));
      arguments.add(file.toString());
    }
    ByteArrayOutputStream problems = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, problems, arguments.toArray(String[]::new));
    assertThat(status).as(problems.toString(UTF_8)).isZero();
  }

  @ParameterizedTest
  @FieldSource("RULES")
  void tminusKeepsTheRule(ArchRule rule) {
    rule.check(tminus);
  }

  @ParameterizedTest
  @FieldSource("EXAMPLES")
  void theRuleCanFail(Example example) {
    assertThat(example.rule.evaluate(examples).getFailureReport().getDetails())
        .anySatisfy(detail -> assertThat(detail).contains("<" + example.type));
  }

  private static ArchRule onlyIn(String api, String user) {
    return noClasses()
        .that(resideInAPackage("tminus..").and(not(resideInAPackage(user))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(api)
        .as("only " + user + " knows " + api);
  }

  private static DescribedPredicate<JavaClass> named(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return DescribedPredicate.describe(
        "named " + regex, type -> pattern.matcher(type.getName()).matches());
  }

  /// Accesses of a method or field whose owner and name match.
  private static DescribedPredicate<JavaAccess<?>> target(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return DescribedPredicate.describe(
        "one of " + regex,
        access ->
            pattern
                .matcher(access.getTargetOwner().getName() + "." + access.getTarget().getName())
                .matches());
  }
}
