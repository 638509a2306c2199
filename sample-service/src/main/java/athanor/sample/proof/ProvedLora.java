package athanor.sample.proof;

import athanor.contracts.json.Json;
import athanor.diffusion.lora.LoraFile;
import athanor.diffusion.safetensors.Dtype;
import athanor.proof.AtSize;
import athanor.proof.Findings;
import athanor.proof.Framed;
import athanor.proof.Proof;
import athanor.proof.ProvedTrial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The recommended LoRA once more, with what was measured of it in its metadata, for whoever gets the file alone. What was published
 * stays as it was: its hash is what others know it by. The weights are the same, and so is their hash ({@code sshs_model_hash}).
 */
public final class ProvedLora {

    private static final String PROOF = "athanor.proof";
    private static final String ENVELOPE = "athanor.envelope";

    private ProvedLora() {}

    /** @param published the recommended checkpoint's file */
    public static byte[] with(Proof proof, byte[] published) {
        LoraFile lora = LoraFile.read("the recommended LoRA", published);
        Map<String, String> metadata = new TreeMap<>(lora.metadata());
        metadata.put(PROOF, Json.write(measured(proof)));
        if (!proof.envelope().isEmpty()) {
            metadata.put(ENVELOPE, Json.write(envelope(proof)));
        }
        return lora.withMetadata(metadata).toBytes(Dtype.F16);
    }

    private static Map<String, Object> measured(Proof proof) {
        ProvedTrial best = proof.recommended();
        Map<String, Object> measured = new LinkedHashMap<>();
        measured.put(
                "recommended",
                Map.of("step", best.trial().step(), "strength", best.trial().strength()));
        measured.put("sentence", Findings.recommendation(proof));
        measured.put("findings", Findings.of(proof));
        measured.put("identity", ProofFacts.estimate(best.identity()));
        measured.put("leak", ProofFacts.estimate(best.leak()));
        measured.put("classMoved", best.classShift());
        measured.put("copies", ProofFacts.estimate(best.copies()));
        measured.put("framings", framings(best.framings()));
        measured.put("separation", proof.separation());
        measured.put("strengths", strengths(proof));
        return measured;
    }

    /** That were measured of this checkpoint. */
    private static List<Double> strengths(Proof proof) {
        return proof.trials().stream()
                .map(ProvedTrial::trial)
                .filter(trial -> trial.step() == proof.recommended().trial().step())
                .map(trial -> trial.strength())
                .sorted()
                .toList();
    }

    private static Map<String, Object> framings(List<Framed> framings) {
        Map<String, Object> delivered = new LinkedHashMap<>();
        framings.forEach(framed -> delivered.put(framed.words(), ProofFacts.estimate(framed.delivered())));
        return delivered;
    }

    private static Map<String, Object> envelope(Proof proof) {
        Map<String, Object> sizes = new LinkedHashMap<>();
        for (AtSize size : proof.envelope()) {
            sizes.put(String.valueOf(size.times()), ProofFacts.estimate(size.identity()));
        }
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("holdsTo", Findings.holdsTo(proof));
        envelope.put("identity", sizes);
        return envelope;
    }
}
