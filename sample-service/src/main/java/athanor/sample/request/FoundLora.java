package athanor.sample.request;

import athanor.contracts.run.RunId;
import athanor.guards.LoraFacts;
import athanor.sample.render.AppliedLora;
import java.util.Optional;

/**
 * A LoRA that a request names.
 *
 * @param title what people call it
 * @param applied the file and how much it counts
 * @param facts what the file says
 * @param run whose subject it shows; empty for one that was trained elsewhere
 */
public record FoundLora(String title, AppliedLora applied, LoraFacts facts, Optional<RunId> run) {}
