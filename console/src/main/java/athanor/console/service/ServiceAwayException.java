package athanor.console.service;

/** Nobody answered. A page says so in words and shows what it knows besides. */
public final class ServiceAwayException extends RuntimeException {

    private final ServiceName service;

    ServiceAwayException(ServiceName service, String address, Throwable cause) {
        super("%s does not answer at %s".formatted(service.title(), address), cause);
        this.service = service;
    }

    public ServiceName service() {
        return service;
    }
}
