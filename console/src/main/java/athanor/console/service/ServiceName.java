package athanor.console.service;

/** Whom a page asks. */
public enum ServiceName {
    INGEST("ingest-service"),
    PREPROCESS("preprocess-service"),
    TRAIN("train-service"),
    SAMPLE("sample-service");

    private final String title;

    ServiceName(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
