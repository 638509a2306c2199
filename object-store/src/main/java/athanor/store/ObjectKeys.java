package athanor.store;

import athanor.contracts.AsciiName;
import athanor.contracts.Size;
import athanor.contracts.run.RunId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Every key in the bucket. No key is a prefix of another one followed by a slash, because a server that keeps objects as
 * files cannot have a file and a folder of one name.
 */
public final class ObjectKeys {

    /** Of a proof: the event that announces it. */
    public static final String PROOF_RESULT = "proof.json";

    /** Of a proof: the recommended LoRA with what was measured in its metadata. */
    public static final String PROVED_LORA = "lora.safetensors";

    /** Of a proof: what shall be measured. */
    public static final String PROOF_WANTED = "wanted.json";

    private static final String SAFETENSORS = ".safetensors";
    private static final String ELSEWHERE = "elsewhere.json";

    private ObjectKeys() {}

    /** What ingest knows of a run before its dataset is frozen. */
    public static String draft(RunId run) {
        return "datasets/%s/draft.json".formatted(run);
    }

    /** Whose the run is, where somebody is said to own it. */
    public static String tenant(RunId run) {
        return "datasets/%s/tenant.json".formatted(run);
    }

    /** The event that asked for the run, where one did. */
    public static String request(RunId run) {
        return "datasets/%s/request.json".formatted(run);
    }

    /** Prefix of all datasets' drafts and manifests. */
    public static String datasets() {
        return "datasets/";
    }

    /** Prefix of the verdicts on the uploads of a run. */
    public static String verdicts(RunId run) {
        return "datasets/%s/verdicts/".formatted(run);
    }

    /** The verdict on one upload; named by a hash, because a file name is not a key. */
    public static String verdict(RunId run, String fileName) {
        return verdicts(run) + hash(fileName) + ".json";
    }

    /** All verdicts of a run as somebody read them, so that the next one asks the store once. */
    public static String readVerdicts(RunId run) {
        return "datasets/%s/read-verdicts.json".formatted(run);
    }

    /** Which upload of a run had these bytes first; tells exact duplicates. */
    public static String firstWithContent(RunId run, String sha256) {
        return "datasets/%s/first-with-content/%s.json".formatted(run, sha256);
    }

    /** Says that the event about the manifest has been sent. */
    public static String announced(RunId run) {
        return "datasets/%s/announced.json".formatted(run);
    }

    /** Prefix of the uploaded bytes of a run. */
    public static String originals(RunId run) {
        return "datasets/%s/originals/".formatted(run);
    }

    /** The uploaded bytes, written once. */
    public static String original(RunId run, String sha256) {
        return originals(run) + sha256;
    }

    /** An upload made small, written when somebody first wants to see it. */
    public static String small(RunId run, String sha256) {
        return "datasets/%s/small/%s.png".formatted(run, sha256);
    }

    /** Prefix of what is still to be told, of all runs. */
    public static String untoldEvents() {
        return "untold/";
    }

    /**
     * An event that the broker has not taken yet; there until it has.
     *
     * @param place in the order of the run's events
     */
    public static String untoldEvent(RunId run, String place) {
        return "untold/%s/%s.json".formatted(run, place);
    }

    /** Prefix of everything that ingest keeps of a run. */
    public static String dataset(RunId run) {
        return "datasets/%s/".formatted(run);
    }

    /** Prefix of everything that the other services keep of a run. */
    public static String run(RunId run) {
        return "runs/%s/".formatted(run);
    }

    /** The run that an object was made by; empty for those that belong to none. */
    public static Optional<RunId> runOf(String key) {
        String[] parts = key.split("/");
        try {
            return parts.length > 2 && runs().equals(parts[0] + "/")
                    ? Optional.of(new RunId(parts[1]))
                    : Optional.empty();
        } catch (IllegalArgumentException noRun) {
            return Optional.empty();
        }
    }

    /** Prefix of what is kept of the runs. */
    public static String runs() {
        return "runs/";
    }

    /** Prefix of the runs that somebody wants to be erased. */
    public static String erasures() {
        return "erasures/";
    }

    /** A run that is being erased; there until nothing is left of it. */
    public static String erasure(RunId run) {
        return erasures() + run + ".json";
    }

    /** Bytes that somebody puts there by himself; named by a hash, because a file name is not a key. */
    public static String awaitedUpload(RunId run, String fileName) {
        return awaitedUploads(run) + hash(fileName);
    }

    /** Prefix of what somebody put there by himself and nobody has looked at. */
    public static String awaitedUploads(RunId run) {
        return "datasets/%s/awaited/".formatted(run);
    }

    /** Prefix of the notes about uploads that somebody makes by himself. */
    public static String awaitedNotes(RunId run) {
        return "datasets/%s/awaited-notes/".formatted(run);
    }

    public static String awaitedNote(RunId run, String fileName) {
        return awaitedNotes(run) + hash(fileName) + ".json";
    }

    /** The objects that were found where a run was told to look. */
    public static String foundPictures(RunId run) {
        return "datasets/%s/found.json".formatted(run);
    }

    /** Prefix of the answers that are given again when a request comes again. */
    public static String firstAnswers() {
        return "first-answers/";
    }

    /** @param request names it: service, path and the key that its sender chose */
    public static String firstAnswer(String request) {
        return firstAnswers() + hash(request) + ".json";
    }

    public static String manifest(RunId run) {
        return "datasets/%s/manifest.json".formatted(run);
    }

    /** What preprocess-service has ready while the class pictures of a run are drawn. */
    public static String pendingDataset(RunId run) {
        return "runs/%s/prepared/pending.json".formatted(run);
    }

    /** JSON of the RunPreparation: what became of each picture; written once. */
    public static String preparation(RunId run) {
        return "runs/%s/prepared/preparation.json".formatted(run);
    }

    /** The event that announced the prepared dataset; set by a conditional write. */
    public static String datasetAnnounced(RunId run) {
        return "runs/%s/prepared/announced.json".formatted(run);
    }

    /** The event that announced the class pictures of a run. */
    public static String classPicturesAnnounced(RunId run) {
        return "runs/%s/prepared/class-pictures.json".formatted(run);
    }

    /** JSON of the PreparedDataset. */
    public static String preparedDataset(RunId run) {
        return "runs/%s/prepared/dataset.json".formatted(run);
    }

    /** Prefix of the pictures that were scaled and cut for training. */
    public static String preparedPictures(RunId run) {
        return "runs/%s/prepared/pictures/".formatted(run);
    }

    /** A picture of exactly its bucket's size. */
    public static String preparedPicture(RunId run, String sha256) {
        return preparedPictures(run) + sha256 + ".png";
    }

    /** The snapshot with which a run ended; set by a conditional write. */
    public static String ending(RunId run) {
        return "runs/%s/ending.json".formatted(run);
    }

    /** Says which process is at work on something of the run; there while the work lasts. */
    public static String inHand(RunId run, String work) {
        return "runs/%s/in-hand/%s.json".formatted(run, hash(work));
    }

    /**
     * Says which process answers a request, while it does.
     *
     * @param work that it asks for
     */
    public static String requestInHand(String work) {
        return "requests/in-hand/%s.json".formatted(hash(work));
    }

    public static String lease(RunId run) {
        return "runs/%s/lease.json".formatted(run);
    }

    /** Prefix of the notes about leases that somebody has to look after, of all runs. */
    public static String leasesInMotion() {
        return "leases-in-motion/";
    }

    /**
     * There while an attempt is held by a worker, or what became of it has not been told.
     *
     * @param waits of a run that had a worker: there until the next one begins this attempt
     */
    public static String leaseInMotion(RunId run, int attempt, boolean waits) {
        return "%s%s/%d.%s".formatted(leasesInMotion(), run, attempt, waits ? "waits" : "begun");
    }

    /** Prefix of the signs of life of the train workers. */
    public static String workers() {
        return "workers/";
    }

    /** The last sign of life of one train worker. */
    public static String worker(String id) {
        return "workers/%s.json".formatted(id);
    }

    /** Prefix of the checkpoints of a run. */
    public static String checkpoints(RunId run) {
        return "runs/%s/checkpoints/".formatted(run);
    }

    /** @param file as {@link CheckpointFolder} names them */
    public static String checkpoint(RunId run, int attempt, int step, String file) {
        return "%s%d-%d/%s".formatted(checkpoints(run), attempt, step, file);
    }

    /** Prefix of what is kept of each step of a training. */
    public static String trainedSteps(RunId run) {
        return "runs/%s/steps/".formatted(run);
    }

    /**
     * The steps that one attempt did.
     *
     * @param part the first step of those between two checkpoints, or {@code open} for those after the last one
     */
    public static String trainedSteps(RunId run, int attempt, String part) {
        return "%s%d-%s.jsonl".formatted(trainedSteps(run), attempt, part);
    }

    /** Prefix of what took effect in the attempts at a training. */
    public static String effectiveSettings(RunId run) {
        return "runs/%s/effective-settings/".formatted(run);
    }

    public static String effectiveSettings(RunId run, int attempt) {
        return effectiveSettings(run) + attempt + ".json";
    }

    /** Prefix of what a run published: one LoRA. */
    public static String loras(RunId run) {
        return "runs/%s/loras/".formatted(run);
    }

    /** The published LoRA. Characters that people or servers trip over become hyphens. */
    public static String lora(RunId run, String name) {
        return "runs/%s/loras/%s".formatted(run, plain(name)) + SAFETENSORS;
    }

    /**
     * The card beside a published LoRA: what it is and how to use it.
     *
     * @param lora key of the LoRA
     */
    public static String cardOf(String lora) {
        return lora.substring(0, lora.length() - SAFETENSORS.length()) + ".md";
    }

    public static String sample(RunId run, int step, String file) {
        return "runs/%s/samples/%d/%s".formatted(run, step, file);
    }

    /** Prefix of the test pictures of a run. */
    public static String samples(RunId run) {
        return "runs/%s/samples/".formatted(run);
    }

    /** What was measured of a run's LoRA, the page about it and its pictures. */
    public static String proof(RunId run, String file) {
        return "runs/%s/proof/%s".formatted(run, file);
    }

    /** A picture that somebody asked for by REST with the LoRA of a run; it goes when the run goes. */
    public static String requestedSample(RunId run, String requestId, String file) {
        return "runs/%s/samples/requested/%s/%s".formatted(run, requestId, file);
    }

    /** Where those lie that several runs' LoRAs drew together and that are kept with another of these runs. */
    public static String requestedElsewhere(RunId run, String requestId) {
        return requestedSample(run, requestId, ELSEWHERE);
    }

    public static boolean isRequestedElsewhere(String key) {
        return key.endsWith("/" + ELSEWHERE);
    }

    /** Whether it is a picture that some run's LoRA has drawn. */
    public static boolean isSample(String key) {
        return runOf(key).filter(run -> key.startsWith(samples(run))).isPresent() && !isRequestedElsewhere(key);
    }

    /** A picture that somebody asked for by REST, outside the flow of a run. */
    public static String requestedSample(String requestId, String file) {
        return "samples/%s/%s".formatted(requestId, file);
    }

    /** Prefix of the class pictures of all runs. */
    public static String classPictures() {
        return "class-pictures/";
    }

    /** Class pictures are shared between runs that ask for the same one. */
    public static String classPicture(
            String baseModel, String prompt, Size size, int steps, double guidance, String sampler, long seed) {
        String wish = String.join(
                "\n", baseModel, prompt, size.toString(), steps + " " + guidance + " " + sampler, Long.toString(seed));
        return classPictures() + hash(wish) + "/picture.png";
    }

    /** The value of a record that could not be handled and is too large for the topic of dead letters. */
    public static String deadLetterValue(String topic, int partition, long offset, long timestamp) {
        return deadLetter(topic, partition, offset, timestamp) + "value";
    }

    /** Which service was first to put a record aside; others that could not handle it either leave it at that. */
    public static String deadLetterClaim(String topic, int partition, long offset, long timestamp) {
        return deadLetter(topic, partition, offset, timestamp) + "first";
    }

    private static String deadLetter(String topic, int partition, long offset, long timestamp) {
        // A topic that was made anew counts from zero again; the time tells its records from the old ones.
        return "dead-letters/%s/%d-%d-%d/".formatted(topic, partition, offset, timestamp);
    }

    private static String plain(String name) {
        String plain = AsciiName.of(name);
        return plain.isEmpty() ? "lora" : plain;
    }

    private static String hash(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
