package athanor.stack.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The rules of the module tree, read from the compiled classes of every module. A build of this module alone has not compiled
 * the others; what it cannot see it skips, and the whole build sees all.
 */
class ModuleRulesTest {

    private static final String[] JAVA = {"java..", "javax.imageio..", "org.jspecify.."};

    /** The library's packages; each knows only those that stand behind it. */
    private static final List<String> LIBRARY_FROM_THE_TOP = List.of(
            "pretraining",
            "training",
            "pipeline",
            "runtime",
            "lora",
            "model",
            "singlefile",
            "checkpoint",
            "tokenizer",
            "network",
            "program",
            "sampler",
            "schedule",
            "safetensors",
            "json");

    private static JavaClasses everything;

    @BeforeAll
    static void readTheCompiledClassesOfAllModules() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of("..").toRealPath())) {
            List<Path> compiled = modules.map(module -> module.resolve("target/classes"))
                    .filter(Files::isDirectory)
                    .toList();
            everything = new ClassFileImporter().importPaths(compiled);
        }
    }

    @Test
    void contractsKnowOnlyJavaAndJacksonInOnePackage() {
        classes()
                .that()
                .resideInAPackage("athanor.contracts..")
                .and()
                .resideOutsideOfPackage("athanor.contracts.json")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(with(JAVA, "athanor.contracts..")))
                .check(everything);
    }

    @Test
    void peopleKnowPicturesAndTensorFlowLiteInOnePackage() {
        assumeCompiled("athanor.people");
        classes()
                .that()
                .resideInAPackage("athanor.people..")
                .and()
                .resideOutsideOfPackage("athanor.people.tflite")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "org.jspecify..", "athanor.people", "athanor.people.framing"))
                .check(everything);
        classes()
                .that()
                .resideInAPackage("athanor.people.tflite")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "org.bytedeco..",
                        "athanor.people",
                        "athanor.people.tflite",
                        "athanor.pictures"))
                .check(everything);
    }

    @Test
    void thePlanKnowsTheContractsAndJava() {
        assumeCompiled("athanor.plan");
        classes()
                .that()
                .resideInAPackage("athanor.plan..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(with(JAVA, "athanor.plan..", "athanor.contracts..")))
                .check(everything);
    }

    @Test
    void theDeepLearningLibraryKnowsOnlyDjlAndJavaAndReadsJsonInOnePackage() {
        assumeCompiled("athanor.diffusion");
        classes()
                .that()
                .resideInAPackage("athanor.diffusion..")
                .and()
                .resideOutsideOfPackage("athanor.diffusion.json")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(with(
                        JAVA, "athanor.diffusion..", "ai.djl..", "com.sun.management"))) // how much memory there is
                .check(everything);
        classes()
                .that()
                .resideInAPackage("athanor.diffusion.json")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(with(JAVA, "athanor.diffusion.json", "com.fasterxml.jackson.core..")))
                .check(everything);
    }

    @Test
    void packagesOfTheLibraryKnowOnlyThoseBelow() {
        assumeCompiled("athanor.diffusion");
        for (int i = 1; i < LIBRARY_FROM_THE_TOP.size(); i++) {
            String[] above = LIBRARY_FROM_THE_TOP.subList(0, i).stream()
                    .map(name -> "athanor.diffusion." + name + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("athanor.diffusion." + LIBRARY_FROM_THE_TOP.get(i) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(above)
                    .check(everything);
        }
    }

    @Test
    void theTinyBaseAndTheToolsAreMadeWithTheLibraryAlone() {
        assumeCompiled("athanor.tinybase");
        noClasses()
                .that()
                .resideInAnyPackage("athanor.tinybase..", "athanor.tools..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("athanor.contracts..", "athanor.store..", "athanor.shell..", "io.quarkus..")
                .check(everything);
    }

    @Test
    void theStoreKnowsTheContractsAndNoFramework() {
        assumeCompiled("athanor.store");
        noClasses()
                .that()
                .resideInAPackage("athanor.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..", "jakarta..", "org.apache.kafka..", "athanor.shell..", "athanor.diffusion..")
                .check(everything);
    }

    @Test
    void whatAPictureIsWorthIsSaidWithoutAServiceOrAFramework() {
        assumeCompiled("athanor.appraisal");
        classes()
                .that()
                .resideInAPackage("athanor.appraisal..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(with(
                        JAVA, "athanor.appraisal..", "athanor.contracts..", "athanor.pictures..", "athanor.people..")))
                .check(everything);
    }

    @Test
    void aProofIsToldWhoDrawsAndKnowsPicturesAndNobodyElse() {
        assumeCompiled("athanor.proof");
        classes()
                .that()
                .resideInAPackage("athanor.proof..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(with(JAVA, "athanor.proof..", "athanor.pictures..", "org.hipparchus..")))
                .check(everything);
    }

    @Test
    void headsAreCutAndMovedWithoutKnowingWhoFoundThem() {
        assumeCompiled("athanor.heads");
        classes()
                .that()
                .resideInAPackage("athanor.heads..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(with(JAVA, "athanor.heads..", "athanor.pictures")))
                .check(everything);
    }

    @Test
    void servicesNeverKnowOneAnother() {
        assumeCompiled("athanor.ingest");
        slices().matching("athanor.(ingest|preprocess|train|sample)..")
                .should()
                .notDependOnEachOther()
                .check(everything);
    }

    /** The ways into a service and its wiring. Everything else in a service is a use case or something that use cases use. */
    private static final String EDGES = "athanor\\.(ingest|preprocess|train|sample)\\.("
            + "\\w+(Beans|Consumer|Liveness|Resource|Service|Settings)" // by annotations
            + "|ReceiveUploads" // takes them from the network
            + "|RunRegister" // finds runs for requests, answers 404
            + "|TryRun" // asks which workers live
            + "|Erasures|Retention|UnfinishedStarts|UntoldEvents|WaitingRuns|RunMetrics" // begin with the
            // service
            + "|queue\\.\\w+|worker\\.Worker|WorkerUnit" // the training queue
            + ")(\\$.*)?";

    @Test
    void useCasesKnowNeitherTheShellNorAPlatform() {
        assumeCompiled("athanor.ingest");
        noClasses()
                .that()
                .resideInAnyPackage("athanor.ingest..", "athanor.preprocess..", "athanor.train..", "athanor.sample..")
                .and()
                .haveNameNotMatching(EDGES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "athanor.shell..",
                        "io.quarkus..",
                        "io.smallrye.reactive..",
                        "jakarta.ws.rs..",
                        "org.apache.kafka..")
                .check(everything);
    }

    @Test
    void theLeaseKnowsNeitherKafkaNorHttp() {
        assumeCompiled("athanor.train");
        classes()
                .that()
                .resideInAPackage("athanor.train.lease..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(with(
                        JAVA,
                        "athanor.train.lease..",
                        "athanor.contracts..",
                        "athanor.store..",
                        "com.fasterxml.jackson.annotation..",
                        "org.slf4j..")))
                .check(everything);
    }

    @Test
    void noPackagesKnowOneAnotherInACircle() {
        slices().assignedFrom(PACKAGES).should().beFreeOfCycles().check(everything);
    }

    @Test
    void theCommandsAreClientsOfThePublicInterfacesOnly() {
        noClasses()
                .that()
                .resideInAPackage("athanor.stack..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "athanor.ingest..",
                        "athanor.preprocess..",
                        "athanor.train..",
                        "athanor.sample..",
                        "athanor.shell..",
                        "athanor.store..",
                        "athanor.diffusion..")
                .check(everything);
    }

    @Test
    void theConsoleIsAClientOfThePublicInterfacesOnly() {
        assumeCompiled("athanor.console");
        noClasses()
                .that()
                .resideInAPackage("athanor.console..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "athanor.ingest..",
                        "athanor.preprocess..",
                        "athanor.train..",
                        "athanor.sample..",
                        "athanor.shell..",
                        "athanor.store..",
                        "athanor.diffusion..",
                        "athanor.stack..")
                .check(everything);
    }

    @Test
    void nothingIsCalledCommonOrUtil() {
        assertThat(everything.stream()
                        .map(found -> found.getName())
                        .filter(name -> name.matches("(?i).*(\\.(common|utils?|helpers?)\\.|Utils?$|Helpers?$).*")))
                .isEmpty();
    }

    /** Every package by itself, the outer ones too: what stands in {@code athanor.train} is no part of its sub-packages. */
    private static final SliceAssignment PACKAGES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass found) {
            return found.getPackageName().startsWith("athanor.")
                    ? SliceIdentifier.of(found.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "every package";
        }
    };

    private static void assumeCompiled(String packagePrefix) {
        assumeThat(everything.stream().anyMatch(found -> found.getPackageName().startsWith(packagePrefix)))
                .as("%s is compiled", packagePrefix)
                .isTrue();
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }
}
