"""OneWindow (一窗): the platform an administrative-approval bureau runs on."""
