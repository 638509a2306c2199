package athanor.stack.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastWordsTest {

    @TempDir
    Path folder;

    @Test
    void theInnermostCauseOfTheLastErrorIsTheReason() throws IOException {
        assertThat(wordsOf("""
            {"level":"INFO","message":"starting"}
            {"level":"ERROR","message":"Failed to start application","exception":{"message":"wrapped",\
            "causedBy":{"exception":{"message":"the store refuses the key"}}}}
            {"level":"INFO","message":"stopping"}
            """)).isEqualTo("Failed to start application: the store refuses the key");
    }

    @Test
    void linesForPeopleSayItToo() throws IOException {
        assertThat(wordsOf("""
            2026-11-23 12:00:07.500Z INFO  [] Startup: starting
            2026-11-23 12:00:08.000Z ERROR [] Application: Failed to start: java.lang.RuntimeException: wrapped
            \tat io.quarkus.runtime.Application.start(Application.java:1)
            Caused by: athanor.store.StoreException: the store refuses the key
            2026-11-23 12:00:09.000Z INFO  [] Startup: stopping
            """))
                .isEqualTo("Failed to start: java.lang.RuntimeException: wrapped: the store refuses the key");
    }

    @Test
    void aJvmThatDoesNotStartSpeaksPlainText() throws IOException {
        assertThat(wordsOf("Error: Could not find or load main class\nmore\n"))
                .isEqualTo("Error: Could not find or load main class");
    }

    @Test
    void whatAServiceDidBeforeItWasKilledIsNotWhyItEnded() throws IOException {
        assertThat(wordsOf("{\"level\":\"INFO\",\"message\":\"Listening on: http://127.0.0.1:8080\"}\n\n"))
                .isEmpty();
    }

    @Test
    void plainTextBetweenTheRecordsMayTellWhy() throws IOException {
        assertThat(wordsOf("{\"level\":\"INFO\",\"message\":\"starting\"}\nKilled\n"))
                .isEqualTo("Killed");
    }

    @Test
    void thePicturesThatWereBegunAndNotEndedAreNamed() throws IOException {
        Path log = Files.writeString(folder.resolve("service.log"), """
            {"level":"INFO","message":"Reading picture '1.jpg'"}
            {"level":"INFO","message":"Reading picture '2.jpg'"}
            {"level":"INFO","message":"Read picture '1.jpg'"}
            Terminating due to java.lang.OutOfMemoryError: Java heap space
            """);

        assertThat(LastWords.of(log))
                .isEqualTo(new LastWords(
                        "Terminating due to java.lang.OutOfMemoryError: Java heap space", List.of("'2.jpg'")));
    }

    private String wordsOf(String log) throws IOException {
        return LastWords.of(Files.writeString(folder.resolve("service.log"), log))
                .complaint();
    }
}
