"""Which terms tell a reader something, and so may be named as a reason."""

from bot.curation.phrases import line

COMMON = 2.4
"""A term of a lower inverse document frequency is in every fourth paper or more: sharing it is no news."""
_TALE = """ability able accurate achieve achieved achieving adapting addition additional additionally address addresses
    addressing advance advanced advancement advancing advantage again against aim allow allowing almost alone
    already alternative always analysis analyze another answer anyone anything application applied apply applying
    approach approaches area argue art ask asked asks aspect assess author automatically available average aware
    back bad base based baseline become benefit best better beyond both bridge bring broad build building built
    capability capable capture case category cause central challenge challenging change changed choice class combine
    combined combining come comes common commonly community comparable compare compared comparison competitive
    complementary complete complex complexity component comprehensive comprehensively comprising computational
    concern condition conduct conducted confirm consider consistent consistently construct contain contrast
    contribute contribution conventional core correct corresponding cost create critical cross crucial current
    currently cut data dataset day days degree deliver demand demonstrate demonstrated demonstrating derived design
    designed desired despite detail develop developed developing development difference different difficult
    difficulty direct directly discuss distinct diverse domain downstream driven due dynamically early easily easy
    effect effective effectively effectiveness efficacy efficient efficiently effort eight eleven emerged empirical
    empirically employ enable enabling end enhance enhanced enhancing enough ensure ensuring especially essential
    establish establishes evaluate evaluated evaluating evaluation ever every everyone everything evidence exactly
    examine example exhibit existing experiment experimental explicit explicitly explore exploring extend extensive
    external extract face facilitate fact factor fail fall false feature fewer field fifth final finally find
    finding first five fixed focus focused focusing following form four framework free full fully fundamental
    furthermore future gain gap general generally generate generated generating github give given gives go goal goes
    good great greater group growing guided half handle happen hard held help high higher highlight highlighting
    highly hold holds holistic hope http https hundred idea identify identifying ii impact implement implementation
    importance important improve improved improvement improving include including incorporate incorporating increase
    increased increasing increasingly indicate individual influence inherent insight inspired instance instead
    integrate integrated integrating introduce introduced introducing investigate issue jointly keep keeps kept key
    kind know known lack large largely larger last later lead leading learn learned least leave left less let level
    leverage leveraging like limit limitation limited limiting line literature long look looks lose loses lot low
    lower main mainly maintain maintaining major make making manner many match matter mean meaningful measure method
    methodology metric minimal mitigate mode modern month months more moreover move moves multi multiple naive name
    names natural nature near nearly necessary need never new next nine no nobody non notable notably nothing novel
    number numerous observation observe obtain offer offering often old once open operate optimal optimize order
    original outcome outperform outperforming overall overcome page paper paradigm part particular particularly
    parts people perform performance performing perspective pick picked piece pipeline place play point popular pose
    position possible post potential potentially power powerful practical practice pre precise present presented
    preserve prevent previous previously primarily primary principled prior problem procedure process processes
    processing produce progress project promise promising property propose proposed proposing prove provide provided
    providing public publicly purpose put puts quality quantify quarter question range rapid rate reaches reader
    reading real realistic really recent recently reduce reduced reducing refine related relative relevant reliable
    reliably rely relying remain remaining remarkable report reported represent require required requirement
    requiring research researcher resource respectively rest result resulting reveal revealing review rich right
    robust role room round said say says scale scenario scheme score second see seek seen select self series serve
    set sets setting seven several short show showing shown side significant significantly similar simple simply
    simultaneously single six size slow small smaller solution solve solving something sort source spanning
    specialized specific specifically stable stage standard state stay stays step still strategy strong struggle
    study substantial substantially success suffer suggest suitable superior support sure surprising system
    systematic systematically tackle tailored take target task technical technique ten tenth term test tested textbf
    theoretical thereby thing things third thousand three time together top total traditional trained transform true
    turn turns twelve twice two type typically ultimately underlying understand understanding unified unique unlike
    update url utilize validate validated valuable value variant variety various vary varying versatile view way
    week well whole wide widely wise word work working world worse write written wrong year years yet yield yielding"""
"""What any abstract tells its tale with, whatever the paper is about."""
_NOT_TELLING = frozenset(line(_TALE).split())


def telling(term: str, idf: float) -> bool:
    """Whether a term of that inverse document frequency says what a paper is about: it is rare enough, and no word of
    it stands in papers about anything."""
    return idf >= COMMON and not any(word in _NOT_TELLING for word in term.split())
