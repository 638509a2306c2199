package athanor.stack.service;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.stack.service.Readiness.Answer;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    @Test
    void aServiceThatIsUpIsReady() throws Exception {
        assertThat(answerTo(200, "{\"status\": \"UP\", \"checks\": []}")).isEqualTo(new Answer.Ready());
    }

    @Test
    void aRefusedKeyIsNotWaitedFor() throws Exception {
        String health = """
            {"status": "DOWN", "checks": [
              {"name": "kafka", "status": "UP"},
              {"name": "object-store", "status": "DOWN", "data": {"finding": "the store refuses", "lasting": true}}]}\
            """;

        assertThat(answerTo(503, health)).isEqualTo(new Answer.NotYet("the store refuses", true));
    }

    @Test
    void aCheckThatSaysNothingIsNamed() throws Exception {
        assertThat(answerTo(503, "{\"status\": \"DOWN\", \"checks\": [{\"name\": \"kafka\", \"status\": \"DOWN\"}]}"))
                .isEqualTo(new Answer.NotYet("kafka is down", false));
        assertThat(answerTo(503, "{\"checks\": [{\"name\": \"disk\", \"status\": \"DOWN\", \"data\": {\"free\": 3}}]}"))
                .isEqualTo(new Answer.NotYet("disk is down", false));
    }

    @Test
    void aPortWithNobodyBehindItIsWaitedFor() throws Exception {
        assertThat(new Readiness().of(1)).isEqualTo(new Answer.NotYet("it does not answer yet", false));
    }

    private static Answer answerTo(int status, String body) throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/q/health/ready", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            return new Readiness().of(server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }
}
