"""From a file to findings: read, bind, judge the identities, run the rules, locate the wrong cells."""
