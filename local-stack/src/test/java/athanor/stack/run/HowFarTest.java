package athanor.stack.run;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.json.Json;
import athanor.contracts.rest.RunView;
import org.junit.jupiter.api.Test;

class HowFarTest {

    private static String said(String state, String more) {
        return HowFar.of(Json.read("""
            {"runId": "anna-1", "name": "Anna", "state": %s, "updatedAt": "2026-01-01T00:00:00Z", "history": [],
            "verdicts": [] %s}\
            """.formatted(state, more), RunView.class));
    }

    @Test
    void theLineToATrainServiceIsCounted() {
        assertThat(said("{\"type\": \"Queued\"}", """
            , "waitsFor": "waits behind run ben-1, which worker-1 trains", "waitsSeconds": 125, "estimatedSeconds": 60
            """))
                .isEqualTo(
                        "waits behind run ben-1, which worker-1 trains, about 2 min 05 s; then trains for about 1 min"
                                + " 00 s");
        assertThat(said("{\"type\": \"Queued\"}", "")).isEqualTo("waits for a train service");
    }

    @Test
    void picturesAreCounted() {
        assertThat(said("{\"type\": \"Preparing\"}", """
            , "drawing": {"runId": "anna-1", "kind": "CLASS_PICTURES", "done": 8, "total": 32, "etaSeconds": 90,
            "at": "2026-01-01T00:00:00Z"}
            """))
                .isEqualTo("[=====>                  ]  25%  class picture 8 of 32  ETA 1 min 30 s");
    }

    @Test
    void aTrainingHasItsEtaFromTheFirstStepOn() {
        assertThat(said("{\"type\": \"Training\", \"step\": 0, \"total\": 300, \"attempt\": 1}", """
            , "progress": {"runId": "anna-1", "attempt": 1, "step": 1, "totalSteps": 300, "instanceLoss": 0.5,
            "priorLoss": 0, "learningRate": 0.001, "secondsPerStep": 0.2, "memoryBytes": 1, "etaSeconds": 59.8,
            "at": "2026-01-01T00:00:00Z"}
            """))
                .endsWith("step 1/300  loss 0.5000  ETA 1 min 00 s");
    }
}
