import pytest

from tugon.customers import operations
from tugon.customers.errors import DomainInvalid, DomainTaken, NameMissing
from tugon.customers.models import Organisation
from tugon.events.models import Event
from tugon.lib.errors import NotAllowed

pytestmark = pytest.mark.django_db


def test_people_of_a_domain_belong_to_its_organisation(ben, person):
    known = person("Dina", "dina@pelikula.example")
    claimed = person("Mallory", "boss@pelikula.example", verified=False)
    row = operations.create_organisation(name=" Pelikula  Inc ", domains=["@Pelikula.example"], by=ben.actor)
    new = operations.identify_sender("nora@pelikula.example")
    known.refresh_from_db(), claimed.refresh_from_db(), new.refresh_from_db()
    assert (row.name, row.domains) == ("Pelikula Inc", ["pelikula.example"])
    assert (known.organisation, new.organisation, claimed.organisation) == (row, row, None)
    names = Event.objects.about("organisation", row.pk).values_list("name", flat=True)
    assert list(names) == ["OrganisationCreated", "OrganisationChanged"]


def test_whoever_proves_the_address_later_belongs_then(studio, person):
    claimant = person("Nora", "nora@luntian.example", verified=False)
    operations.verify(claimant.contact_points.get())
    claimant.refresh_from_db()
    assert claimant.organisation == studio


@pytest.mark.parametrize("domain", ["gmail.com", "localhost", "a b.example", "", "-x.example"])
def test_a_domain_anybody_may_have_stands_for_nobody(studio, ben, domain):
    with pytest.raises(DomainInvalid):
        operations.add_domain(studio, domain=domain, by=ben.actor)
    studio.refresh_from_db()
    assert studio.domains == ["luntian.example"]


def test_a_domain_belongs_to_one_organisation(studio, ben):
    other = operations.create_organisation(name="Other", by=ben.actor)
    with pytest.raises(DomainTaken, match="Studio Luntian"):
        operations.add_domain(other, domain="luntian.example", by=ben.actor)
    operations.remove_domain(studio, domain="luntian.example", by=ben.actor)
    assert operations.add_domain(other, domain="luntian.example", by=ben.actor).domains == ["luntian.example"]


def test_an_organisation_goes_and_its_people_stay(studio, person, ben):
    nora = person("Nora", organisation=studio)
    operations.remove_organisation(studio, by=ben.actor)
    operations.remove_organisation(studio, by=ben.actor)
    nora.refresh_from_db()
    assert nora.organisation is None
    assert not Organisation.objects.exists()


def test_names_are_needed_and_permission_too(studio, ben, carl):
    with pytest.raises(NameMissing):
        operations.create_organisation(name="  ", by=ben.actor)
    with pytest.raises(NotAllowed):
        operations.change_organisation(studio, name="X", by=carl.actor)
    assert (
        operations.change_organisation(studio, name="Studio Luntian Inc", by=ben.actor).name
        == "Studio Luntian Inc"
    )
