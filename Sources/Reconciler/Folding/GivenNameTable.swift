extension GivenNames {
    /// A line for each name: the name, then its usual forms, folded. To add one, add it to a line or make a new one.
    static let table = """
        abigail abby abbie gail
        abraham abe bram ham
        adelaide addie ada
        adeline addie ada
        agnes aggie nessie
        aikaterini katerina
        alan al allan allen
        albert al bert bertie
        alberto beto berto tito
        aleksander olek alek
        aleksandr alexander alexandr sasha sascha
        aleksandra ola olka
        aleksey alexey alexei aleksei alyosha
        alessandra sandra ale
        alessandro sandro ale
        alexander alex al alec sandy sascha xander lex sander
        alexandra alex sandra sandy sascha lexi lexie
        alexandre alex
        alfred al fred alf freddy freddie
        alfredo fredo
        alice ali allie alli
        alison ali allie alli
        allison ali allie alli
        amanda mandy manda
        amelia amy millie mia
        andre dre
        andrea andie andy
        andreas andi andy anders
        andrew andy drew
        andrzej jedrek jedrus
        angela angie ange
        angelika geli angie
        angelina angie lina
        angelique angie
        ann annie anna anne nan nancy
        anna anne annie ania anita anka ann
        anne nancy
        anneliese anne liese lisa
        annemarie anne mia
        annette annie nettie anne
        anthony tony ant
        antoine toine tony
        antoinette toni nettie
        anton toni tony ton
        antonia toni tonia
        antonio toni tonio tony tono
        antonius ton toon anton twan
        arnold arnie
        arthur art artie
        august gus
        augustin gus
        augustus gus
        barbara barb babs barbie bobbie basia babsi
        barbro babs
        bartholomaeus bart barthel
        bartholomew bart
        bartlomiej bartek
        beatrice bea trixie bice
        beatrix bea trixie
        beatriz bea bia
        benedict ben
        benjamin ben benny benji benjy bennie
        bernadette bernie
        bernard bernie barney bern
        bernardo nardo
        bernardus ben bernard
        bernhard bernd berni
        bertram bert
        beverly bev
        bradford brad
        bradley brad
        brenda bren
        bridget biddy bridie
        calvin cal
        camilla millie milla
        candace candy
        carl charles karl
        carla carly
        carlos carlitos
        carmela carmen mela
        carol carrie caro
        carolina caro lina
        caroline caro carrie carol lina line
        carolyn carol carrie lyn
        carsten karsten
        casimir kaz
        cassandra cassie sandra sandy
        catarina cata rina
        caterina rina cate
        catharina toos trijntje cato rina
        catherine cathy kate katie kathy cat kit kitty cathie
        cecilia cissy ceci cilla
        charles charlie chuck chas charley chip
        charlotte lottie charlie lotte
        chiara chia
        christa chris
        christian chris christel
        christiane chris
        christina chris tina christie chrissy
        christine chris tina christie chrissy christy stina
        christoph chris stoffel
        christophe chris
        christopher chris kit topher kester
        clara clare
        clarence clare
        claudia claudi
        clifford cliff
        clifton cliff
        clinton clint
        concepcion concha conchita
        conrad con
        constance connie
        cornelia conny corrie nelly cor nel
        cornelis cees kees cor nelis
        cornelius neil con
        curtis curt
        cynthia cindy
        cyril cy
        daniel dan danny dani
        daniela dani
        danielle dani
        darlene dar
        david dave davey davy
        dawid dawidek
        deborah deb debbie debby
        debra deb debbie debby
        denise dee
        dennis den denny
        diego dieguito
        dieter didi
        dimitrios dimitris mitsos
        dirk dick
        dmitry dmitri dmitriy dima mitya
        dolores lola dee
        domenico mimmo nico
        dominic dom nick
        dominik dom
        dominique dom
        donald don donnie donny
        donna donnie
        dorothea doro dora thea dorle
        dorothy dot dottie dolly dora
        douglas doug
        duarte dudu
        dwayne wayne
        earl earle
        edmund ed eddie ned ted
        eduard edi eddy
        eduardo edu eddie lalo
        edward ed eddie ned ted teddy eddy
        edwin ed eddie win
        ekaterina yekaterina katerina katya kate
        eleanor ellie nell nora lenore nellie
        eleftherios lefteris
        elena lena
        eleonora nora
        elisabeth lisa elli lisbeth liesel sissi elsa else betti lis lise bettina
        elise lise
        elizabeth liz beth betty eliza lizzie betsy bess liza elsie libby lisa bette
        ella ellie
        ellen ellie nell nellie
        elzbieta ela elka
        emanuel manny
        emilia emmy mila
        emily em emmy emmie
        emma em emmy
        emmanuel manu
        enrique quique kike
        eric rick ricky
        erich eric
        ernest ernie
        ernst erni
        erzsebet erzsi bozsi
        esther essie
        eugene gene
        eugenia gena
        eugenie genie
        evelyn eve evie
        evgeny yevgeny evgeni eugene zhenya
        ezekiel zeke
        federico fede rico
        felicity fliss
        ferdinand ferdi nand
        ferenc feri
        fernando nando
        filip fil
        filippo pippo
        florence flo flossie
        florian flo
        frances fran franny fanny frankie
        francesca franca cesca
        francesco franco ciccio checco
        francine fran
        francis frank fran
        francisca paca paquita frans
        francisco paco pancho frank kiko chico
        franciscus frans frank cis
        franciszek franek
        frank franky frankie
        franklin frank
        franz franzl frank
        franziska franzi
        frederic fred
        frederick fred freddy freddie rick fritz
        frederik fred freek frits
        fredrik fredde
        friedrich fritz fred friedel frieder
        fyodor fedor theodore
        gabor gabi
        gabriel gabe gabi
        gabriela gabi gaby
        gabriele gabi gaby
        gabrielle gabby gaby gabi
        geertruida truus trudy geertje
        geoffrey geoff jeff jeffrey
        georg jorg schorsch
        georgina georgie gina
        georgios giorgos yorgos yiorgos
        gerald gerry jerry
        geraldine gerry geri
        gerard gerry ger ge
        gerardus gerard ger gerrit gert geert
        gerhard gerd gert
        gertrud trude gerti
        gertrude trudy gert gertie
        gianluca luca
        gilbert gil bert
        giovanna gianna
        giovanni gianni nino vanni
        giuseppe beppe pino peppe
        giuseppina pina
        gloria glo
        gonzalo gonza
        gordon gord
        graciela chela
        gregor greg
        gregory greg gregg
        grzegorz grzesiek
        guadalupe lupe
        guillermo memo guille
        gustaaf guus
        gustav gus
        gwendolyn gwen wendy
        gyorgy gyuri
        hannah anna
        hannelore hanne lore
        hans-joachim hajo
        harold hal harry
        harriet hattie
        harrison harry
        heather heath
        hector tito
        heinrich heinz heiner hein
        helen nell nellie ellie
        helena lena hela
        helene leni lena
        helga helle
        helmut helmi
        hendrik henk rik hein
        henrietta etta hettie
        henrik henke
        henrique rique
        henry hank harry hal
        herbert herb bert bertie herbie
        herman herm
        hermann armin
        hildegard hilde hilda
        howard howie
        hubert bert hub hubi
        hubertus huub bert
        hugo hugh
        ignacio nacho
        ignatius iggy
        immaculada inma
        ingeborg inge inga
        ingrid inge inga
        ioannis yannis giannis yiannis
        irene reni
        irmgard irmi irma
        isaac ike zac
        isabel isa bella izzy belle chabela
        isabella isa bella izzy
        isabelle isa belle bella izzy
        istvan pista
        jacek jacus
        jacob jake jack jakob sjaak
        jacobus jaap koos jacco ko sjaak
        jacqueline jackie jacqui
        jacques sjaak
        jakob kobi jockel
        jakub kuba
        james jim jimmy jamie jem
        jan janek jasiek honza
        jane janie jenny
        janet jan
        janice jan
        janos jani jancsi
        jean jeanie jeannie
        jean-pierre jp
        jeannette jeannie nettie
        jeffrey jeff
        jennifer jen jenny jenn
        jeremiah jerry
        jeremy jerry
        jerome jerry
        jerzy jurek
        jessica jess jessie
        jiri jirka
        joachim achim jochen jo
        joan joanie
        joanna jo asia joasia
        joanne jo
        joao joaozinho
        joaquim quim
        joaquin quino
        johan jan joop hans
        johann hans hansi
        johanna hanna jo hanne anna
        johannes hans jan joop johan hannes jo
        john jack johnny jon johnnie
        jonathan jon jonny johnny
        jorgen jorn
        jose pepe ze
        josef sepp jupp josi pepa
        josefa pepa
        josefina pepita fina
        joseph joe joey jo jos
        josephine jo josie
        josephus jos jef
        joshua josh
        joyce joy
        jozsef jozsi joska
        juan juanito
        juana juanita
        judith judy judi
        juhani juha jussi
        julia jule jules julie
        julian jule jules
        juliana jule liana
        jurgen juergen jogi
        karl kalle charly
        karolina karo
        katalin kati kata
        katarina kata ina
        katarzyna kasia kaska
        katharina kathi kati kate trine ina rina
        katherine kathy kate katie kit kitty kat kay kathie
        kathleen kathy kate katie kath kathie
        kathrin kathi
        kathryn kathy kate katie kath kathie
        kenneth ken kenny
        kevin kev
        kimberly kim
        klaus nikolaus klausi
        konrad conny kurt
        konstantinos kostas costas dinos
        kristin kris kristi
        kristina kicki stina kris tina
        kristine kris stine
        krzysztof krzysiek
        lambertus bert lambert
        lars lasse
        laszlo laci
        laura laurie lori
        lauren laurie lori
        laurence larry laurie
        lawrence larry laurie lawrie
        leonard leo len lenny
        leonardo leo nardo
        leonhard leo hardi
        leopold leo poldi
        leroy lee roy
        leslie les
        lester les
        lewis lew
        lieselotte lilo lotte liese
        lillian lil lilly lily
        lloyd loy
        lorenz lenz
        lorenzo renzo enzo
        lorraine lori rainie
        louis lou louie
        louise lou lulu loes
        lucas luke
        lucille lucy lu
        lucinda lucy cindy
        ludwig lutz luggi
        luigi gigi
        luis lucho
        luisa lulu
        lukasz lukaszek
        lydia lyddie
        madeleine maddie maddy
        madeline maddie maddy
        magdalena magda lena madzia leni
        malgorzata gosia malgosia
        manuel manny manolo manu manel
        manuela manu ela
        marcel marc
        marco marc
        marcus marc mark
        margaret meg maggie peggy marge greta margie madge daisy peg rita
        margareta greta margret
        margarete grete gretel greta margret
        margaretha greet greta margriet griet
        margarita rita marga
        margherita rita ghita
        margot margo
        margrethe grete
        maria mia mariella mitzi ria mieke maja marie
        marian mary ann
        mariana nana
        marianne mary ann janne
        marie mimi
        marilyn mary lyn
        marjorie marge margie
        mark marc
        markus mark
        marta martita
        martha marty mattie
        martin marty
        martinus martin tinus
        mary molly polly mae mamie may
        mateusz mateuszek
        mathias matze
        mathilde tilde tilda
        matilda tilly mattie tilda
        matthaeus matthes
        mattheus thijs teus
        matthew matt matty
        matthias matze hias mats
        maureen mo
        maurice mo maury
        max maxl
        maximilian max
        maxwell max
        megan meg
        mehmet memo
        melanie mel
        melissa mel missy lissa
        melvin mel
        mercedes merche
        michael mike mick mickey mikey michi micha mitch
        michaela micha michi
        michal michalek
        michel mich
        michele mickey shelly
        michelle mickey shelly chelle
        miguel migue
        mikael micke
        mikhail michael mihail misha
        mildred millie
        minnie min
        miriam mim miri
        mitchell mitch
        mohammed mo mohd muhammad mohamed mohammad
        monica mo nica
        monika moni
        monique mo
        montgomery monty
        morris mo
        nadine nadi
        nancy nan
        natalia nat talia
        natalia natalya natasha nataliya
        natalie nat
        nathan nat nate
        nathaniel nat nate
        nicholas nick nicky nico
        nicola nicky
        nicolaas klaas nico
        nicolas nico
        nicole nicky nicki
        nikolai kolya nikolay
        nikolaos nikos
        nikolaus nick niko klaus
        nils nisse
        norbert bert norb
        norman norm
        oliver olli ollie
        olivia liv livvy
        oscar ossie
        oswald oz ossie
        pablo pablito
        pamela pam
        panagiotis panos takis
        patricia pat patty trish tricia patti patsy
        patrick pat paddy rick
        patrik patte
        paul paulie
        paula polly
        pauline paula
        pawel pawelek
        pedro perico
        penelope penny
        per pelle
        peter pete pit petr piet
        petronella nel nelly
        petrus piet peter
        philip phil pip
        philipp phil lipp
        philippe phil
        phillip phil pip
        phyllis phyl
        pieter piet pier
        pilar pili
        piotr piotrek
        priscilla cilla prissy
        pyotr petr peter petya
        rachel rae shelly
        rafael rafa
        raimund raimi
        rajendra raj
        rajesh raj
        ralph ralf
        ramon moncho
        randall randy
        randolph randy
        raphael rafe raf
        raymond ray
        raymund ray
        rebecca becky becca
        reginald reg reggie
        reinhard reini hardy
        reinhold reini
        renate reni nate
        rene renny
        ricardo rick ricky cardo
        riccardo ricky
        richard rick dick rich richie ricky ritchie
        rita ri
        robert bob rob bobby robbie bert robby
        roberta bobbie
        roberto berto beto
        rochelle shelly
        rocio chio
        roderick rod
        rodney rod
        rodolfo rudi
        roger rog
        rogier roger
        roland rolli
        ronald ron ronnie ronny
        rosa rosita
        rosalie rose
        rosalind roz
        rosario charo
        rosemarie rosi romy rose
        rosemary rose rosie
        rosina rosi
        roxanne roxie
        rudolf rudi rolf
        rudolph rudy
        ruprecht rupert
        russell russ rusty
        salvador chava
        salvatore toto turi
        samantha sam sammy
        samuel sam sammy
        sandor sanyi
        sandra sandy
        santiago santi
        sara sally
        sarah sally sadie
        sean shaun shawn
        sebastian seb bastian basti
        sebastiao tiao
        sergey sergei sergej serge seryozha
        sergio checo
        seymour sy
        shelby shel
        sheldon shel
        shirley shirl
        siegfried sigi siggi
        sieglinde linde
        sigmund sigi
        simon si
        simone mone
        sofia sofi
        solomon sol
        sonja sonni
        sophia sophie
        stanislaw stasiek staszek
        stanley stan
        stefan steffen stef steve
        stefania stefi
        stefanie steffi
        stefano stef
        stella stel
        sten steen
        stephan steff steve
        stephane steph
        stephanie steph stevie steffi
        stephen steve stevie steph steven stephan
        steven steve stevie
        stewart stu
        stuart stu
        susan sue suzy susie suzie
        susana susi
        susanna susi sanna sue sanne
        susanne susi sanne sanna
        suzanne sue suzy suzie
        sven svenne
        svetlana lana
        sylvester sly
        sylvia syl
        sylvie syl
        tadeusz tadek
        tamara tammy
        tatiana tatyana tanya tania
        teodoro teo
        terence terry
        teresa terry tess theresa tere resi
        terrance terry
        theodor theo teo
        theodore ted teddy theo
        theodorus theo dirk
        theresa terry tess tessa teri
        therese resi tess
        thomas tom tommy thom
        tiago santiago
        tiffany tiff
        timothy tim timmy
        tobias tobi
        tomas tom
        tomasz tomek
        tommaso maso
        ulrich uli ulli
        ulrike uli ulli ulla rike
        ursula ulla uschi ursel
        valentina vale tina
        valerie val
        vasileios vassilis vasilis
        veronica ronnie nica vero
        veronika vroni
        veronique vero
        vicente chente
        victor vic
        victoria vicky tori vickie vicki
        viktor vik
        viktoria vicki
        vincent vince vin vinny vinnie
        vincenzo enzo vince
        violet vi
        virginia ginny ginger
        virginie ginie
        vivian viv
        vivienne viv
        volodymyr volodya vova
        wallace wally
        walter wally walt
        wanda wandzia
        wesley wes
        wilbur will
        wilfred fred wilf
        wilfried willi fred
        wilhelm willi willy helmi
        wilhelmina mina wil willemijn minnie
        wilhelmine mine minna
        willem wim pim
        william bill will billy willy liam willie
        wincenty wicek
        winfield win
        winifred winnie freddie
        winston win
        wladyslaw wladek
        wojciech wojtek
        wolfgang wolf wolfi
        xaver xaverl
        yevhen yevgen evgen zhenya
        yolanda yoli
        yulia julia yuliya julie
        yury yuri juri jury yura
        yvonne vonnie
        zachary zach zack zak
        zbigniew zbyszek
        zofia zosia
        zoltan zoli
        zuzana zuzka zuza
        zuzanna zuzka zuzia
        """
}
